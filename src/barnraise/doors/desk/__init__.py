"""The staff's door: Today, navigation, search, first run."""
