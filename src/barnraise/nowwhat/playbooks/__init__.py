"""What worked, as a file another community can install: playbooks."""
