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
from .exchanges import (
    change_exchange,
    insert_all,
    move_concerned,
    register_exchange,
    release_concerned,
    remove_exchange,
    remove_exchanges_together,
    restore_exchanges,
    set_exchange_status,
    set_status_together,
)
from .export import export_organisation
from .offered import add_service, change_service, remove_service
from .places import count_unplaced, locate_by_postcode, note_located
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
    "add_service",
    "change_exchange",
    "change_organisation",
    "change_service",
    "close_organisation",
    "close_together",
    "count_unplaced",
    "export_organisation",
    "insert_all",
    "locate_by_postcode",
    "move_concerned",
    "move_served",
    "note_located",
    "person_source",
    "register_exchange",
    "register_organisation",
    "release_concerned",
    "release_served",
    "remove_exchange",
    "remove_exchanges_together",
    "remove_many",
    "remove_organisation",
    "remove_part",
    "remove_sample",
    "remove_service",
    "remove_together",
    "reopen_organisation",
    "restore",
    "restore_exchanges",
    "serve_together",
    "set_exchange_status",
    "set_own",
    "set_status_together",
    "source_of",
    "tag_together",
    "untag_together",
    "write_many",
]
