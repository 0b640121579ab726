"""What we learn and do next: stories, recognition, discovery, playbooks."""
