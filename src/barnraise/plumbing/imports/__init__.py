"""Files in: recognise, map, preview, dry run, run, undo."""
