"""One message delivered once: an outbox with truthful states, retries, returns and suppression by address."""
