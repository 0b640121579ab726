"""Begin to suggest themes in the background, where the library may take its time and memory."""

HANDLER = "feedback.suggest"
"""The name of the job."""
