"""Writes of the desk: the first run and the sample town, through the rooms' own services."""

from .founding import found_place, name_own_organisation
from .sample import HANDLER, change_town, start_town

__all__ = ["HANDLER", "change_town", "found_place", "name_own_organisation", "start_town"]
