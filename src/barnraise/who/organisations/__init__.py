"""Businesses, nonprofits, public bodies, schools, faith and grassroots groups."""
