"""Goals, SMART objectives, indicators with baseline and target, the logic model, endorsement by partners."""
