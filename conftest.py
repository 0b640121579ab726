"""Every test runs against a data folder of its own; DATABASE_URL decides the database."""

from __future__ import annotations

import os
import tempfile

_DATA = tempfile.mkdtemp(prefix="barnraise-test-")
os.environ["BARNRAISE_DATA"] = _DATA
os.environ.setdefault("BARNRAISE_URL", "http://testserver")
os.environ.setdefault("BARNRAISE_LOG_LEVEL", "WARNING")
os.environ.pop("EMAIL_URL", None)
