"""Wiring on top of all rooms: settings, urls, the command line. Nobody imports it."""
