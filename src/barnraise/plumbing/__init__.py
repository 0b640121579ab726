"""Rooms every other room stands on: pages, jobs, journal, accounts, imports."""
