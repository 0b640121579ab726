"""Reading tables out of files that people have: text, workbooks, archives, JSON. No Django, no tables."""

from .header import signature as header_signature
from .json_source import json_records
from .limits import DEFAULT_LIMITS, Limits
from .reading import rows, rows_with_cursor
from .recognise import choice_from_text, choice_text, recognise, recognise_many
from .refusals import REFUSALS, UnreadableFile
from .shapes import (
    Column,
    EncodingCandidate,
    Notice,
    Recognition,
    Resource,
    Row,
    RowCursor,
    Table,
    TableChoice,
)
from .zipped import files_beside_workbooks, unpack

__all__ = [
    "DEFAULT_LIMITS",
    "REFUSALS",
    "Column",
    "EncodingCandidate",
    "Limits",
    "Notice",
    "Recognition",
    "Resource",
    "Row",
    "RowCursor",
    "Table",
    "TableChoice",
    "UnreadableFile",
    "choice_from_text",
    "choice_text",
    "files_beside_workbooks",
    "header_signature",
    "json_records",
    "recognise",
    "recognise_many",
    "rows",
    "rows_with_cursor",
    "unpack",
]
