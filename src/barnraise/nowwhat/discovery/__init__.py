"""Who could be a partner next: candidates among the organisations we know, with reasons."""
