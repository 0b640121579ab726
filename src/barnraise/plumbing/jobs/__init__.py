"""Background and periodic work on the database, with progress people can watch."""
