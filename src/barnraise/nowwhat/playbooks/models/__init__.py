"""The nouns of playbooks."""

from .playbook import Installation, Playbook

__all__ = ["Installation", "Playbook"]
