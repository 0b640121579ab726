"""Writes of organisations."""

from ..documents import Id, OrganisationDocument, Place
from .bulk import write_many
from .change import (
    add_part,
    change_organisation,
    close_organisation,
    register_organisation,
    remove_part,
    reopen_organisation,
    set_own,
)
from .places import locate_by_postcode
from .remove import remove_many, remove_organisation
from .sample import remove_sample
from .serving import move_served, release_served
from .sources import person_source, source_of
from .together import close_together, remove_together, serve_together, tag_together, untag_together
from .undo import restore
from .writing import Written

__all__ = [
    "Id",
    "OrganisationDocument",
    "Place",
    "Written",
    "add_part",
    "change_organisation",
    "close_organisation",
    "close_together",
    "locate_by_postcode",
    "move_served",
    "person_source",
    "register_organisation",
    "release_served",
    "remove_many",
    "remove_organisation",
    "remove_part",
    "remove_sample",
    "remove_together",
    "reopen_organisation",
    "restore",
    "serve_together",
    "set_own",
    "source_of",
    "tag_together",
    "untag_together",
    "write_many",
]
