"""Files that become organisations without mapping: one small module for each kind."""

from __future__ import annotations

from barnraise.plumbing.imports.sockets import Format

from .ccew import CCEW
from .hsds import HSDS
from .irs_bmf import IRS_BMF

FORMATS: dict[str, Format] = {"irs_bmf": IRS_BMF, "ccew": CCEW, "hsds": HSDS}
"""Every format of this room by the name that an import keeps."""
