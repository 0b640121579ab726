"""One full-text and typing-error-tolerant index that rooms feed."""
