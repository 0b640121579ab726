"""Writes of tags."""

from .govern import change, create, drop_unused, merge, remove_tag
from .many import carry_over, forget, put_aside, tag_many, untag_many
from .stick import add, remove, replace

__all__ = [
    "add",
    "carry_over",
    "change",
    "create",
    "drop_unused",
    "forget",
    "merge",
    "put_aside",
    "remove",
    "remove_tag",
    "replace",
    "tag_many",
    "untag_many",
]
