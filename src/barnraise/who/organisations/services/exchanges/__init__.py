"""Writes of what organisations give and seek."""

from .change import change_exchange, register_exchange, remove_exchange, set_exchange_status
from .moved import move_concerned, release_concerned
from .together import remove_exchanges_together, restore_exchanges, set_status_together
from .writing import follow, insert_all, write_again

__all__ = [
    "change_exchange",
    "follow",
    "insert_all",
    "move_concerned",
    "register_exchange",
    "release_concerned",
    "remove_exchange",
    "remove_exchanges_together",
    "restore_exchanges",
    "set_exchange_status",
    "set_status_together",
    "write_again",
]
