"""Writes of the website; what stands on its pages is written in Wagtail's editor."""

from .begin import begin, publish_home, withdraw_home
from .groups import arrange_groups, follow_role
from .indexing import index_pages, index_website
from .involve import Wish, due, involve
from .numbers import change_number, publish_number, withdraw_number
from .pages import change_page
from .sample import load_sample, remove_sample
from .sign_up import ask_to_confirm, confirm
from .visits import count_visit

__all__ = [
    "Wish",
    "arrange_groups",
    "ask_to_confirm",
    "begin",
    "change_number",
    "change_page",
    "confirm",
    "count_visit",
    "due",
    "index_pages",
    "index_website",
    "follow_role",
    "involve",
    "load_sample",
    "publish_home",
    "publish_number",
    "remove_sample",
    "withdraw_home",
    "withdraw_number",
]
