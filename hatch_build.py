"""Build hook: a wheel carries the browser files and the compiled translations, which the repository does not hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BrowserFiles(BuildHookInterface[Any]):
    """Runs tools/vendor/build.py; it does nothing when all is made already. An editable install leaves it to script/setup."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before files are packed. Raises RuntimeError when the files cannot be made."""
        if version == "editable":
            return
        build = Path(self.root) / "tools/vendor/build.py"
        done = subprocess.run([sys.executable, str(build)], check=False)
        if done.returncode:
            raise RuntimeError("The browser files could not be built; see the message above.")
