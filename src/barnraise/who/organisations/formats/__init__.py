"""File formats that carry organisations, one file each; written for the socket imports.formats."""
