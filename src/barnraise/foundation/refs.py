"""Typed references: "organisations.organisation:12" names any row of the house in one string."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_SHAPE = re.compile(r"([a-z_]+)\.([a-z_]+):([0-9]{1,19})")
LARGEST = 2**63 - 1
"""The largest key that a database keeps."""


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """`label` is the app label (room), `model` the lower-case model name, `id` the primary key (> 0; 0 is nothing that is there)."""

    label: str
    model: str
    id: int

    def __str__(self) -> str:
        return f"{self.label}.{self.model}:{self.id}"

    @property
    def kind(self) -> str:
        """ "label.model", the part shared by all rows of a noun."""
        return f"{self.label}.{self.model}"

    @classmethod
    def parse(cls, text: str) -> Ref:
        """The reference written as "label.model:id". Raises ValueError for anything else."""
        match = _SHAPE.fullmatch(text)
        if not match or int(match[3]) > LARGEST:
            raise ValueError(f"Not a reference: {text!r}; write label.model:id.")
        return cls(match[1], match[2], int(match[3]))

    @classmethod
    def to(cls, row: Any) -> Ref:
        """The reference to a saved Django row. Raises ValueError when it has no key yet."""
        if row.pk is None:
            raise ValueError("A row without a key cannot be referred to; save it first.")
        return cls(row._meta.app_label, row._meta.model_name, row.pk)
