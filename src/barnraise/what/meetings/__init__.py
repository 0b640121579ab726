"""Meetings with partners: cadence, agenda, who came, minutes, decisions, and action items that are promises."""
