"""Lay out a new room: `python tools/new_room.py FLOOR/NAME "One sentence: what it owns."`"""

from __future__ import annotations

import re
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "barnraise"
FILES = {
    "__init__.py": '"""{sentence}"""\n',
    "apps.py": (
        "from django.apps import AppConfig\nfrom django.utils.translation import gettext_lazy as _\n\n\n"
        'class {title}Config(AppConfig):\n    name = "barnraise.{floor}.{name}"\n    label = "{name}"\n'
        '    verbose_name = _("{title}")\n    default_auto_field = "django.db.models.BigAutoField"\n'
    ),
    "models/__init__.py": '"""The nouns of {name}."""\n',
    "policies.py": '"""Who may do what with {name}."""\n\nfrom __future__ import annotations\n\n'
    "from barnraise.foundation.policy import team, writers\n\nmay_see = team\nmay_edit = writers\n",
    "selectors.py": '"""Named reads of {name}, fully joined."""\n',
    "services/__init__.py": '"""Writes of {name}: one verb in each module."""\n',
    "feature.py": '"""All that {name} plugs into rooms below."""\n',
    "urls.py": "from __future__ import annotations\n\nfrom django.urls import URLPattern\n\n"
    'app_name = "{name}"\nprefix = "{floor}/{name}/"\nurlpatterns: list[URLPattern] = []\n',
    "migrations/__init__.py": "",
    "tests/__init__.py": "",
    "README.md": "# {floor}/{name}\n\n{sentence}\n\n## Nouns\n\n## Verbs\n\n## Invariants\n\n## Sockets offered\n\n## Sockets used\n",
}


def main() -> int:
    """0 when the room stands, 1 when its name is taken or bad, 2 on wrong usage."""
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    place, sentence = sys.argv[1], sys.argv[2]
    match = re.fullmatch(r"([a-z]+)/([a-z_]+)", place)
    if not match or not (PACKAGE / match[1] / "__init__.py").exists():
        print(f"{place}: write FLOOR/NAME with an existing floor, in small letters.", file=sys.stderr)
        return 1
    floor, name = match[1], match[2]
    room = PACKAGE / floor / name
    if room.exists():
        print(f"{place} stands already.", file=sys.stderr)
        return 1
    words = {"floor": floor, "name": name, "sentence": sentence, "title": name.replace("_", " ").capitalize()}
    words["title"] = words["title"].replace(" ", "")
    for file, content in FILES.items():
        (room / file).parent.mkdir(parents=True, exist_ok=True)
        (room / file).write_text(content.format(**words))
    for folder in ("static", "templates"):
        (room / folder / name).mkdir(parents=True)
    print(f"{room.relative_to(PACKAGE.parent.parent)} is laid out. Now:")
    print("1. add it to its floor in src/barnraise/config/rooms.py, lowest first")
    print("2. take its parentheses away in .importlinter, or give it its line there")
    print("3. write its README, models and the first test")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
