"""Files that become figures without mapping: one small module for each kind."""

from __future__ import annotations

from barnraise.plumbing.imports.sockets import Format

from .county_health import COUNTY_HEALTH
from .places import PLACES

FORMATS: dict[str, Format] = {"county_health": COUNTY_HEALTH, "places": PLACES}
"""Every format of this room by the name that an import keeps."""
