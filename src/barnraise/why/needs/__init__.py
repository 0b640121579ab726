"""What communities lack: assessment cycles, listening sessions, needs with evidence, and what comes first."""
