"""Parts of the small world that rooms keep in files of their own."""
