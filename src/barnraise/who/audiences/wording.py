"""Rules in one cell of a spreadsheet: as lists write them, and as imports read them, in any language of the house.

    Has the tag: Choir or Garden; and Is a: not Our team

Between rules stands a semicolon, and behind it whether all of them have to hold ("and") or any ("or"). A value that holds such a sign or word
stands in quotation marks. One that shares its name, or is offered no more, is followed by its number: Choir #12.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import FieldRefused

from .models import Audience, Rule
from .selectors import options_of
from .services.rules import Given
from .sockets import criteria

NO_COLON = gettext_noop(
    "“%(said)s” is no rule: write how people are told apart, a colon and the values, as in “%(example)s”."
)
NO_CRITERION = gettext_noop("Nobody is told apart by “%(said)s” here. Write one of: %(known)s.")
NO_VALUE = gettext_noop("“%(criterion)s” does not know “%(said)s”. It knows: %(known)s.")
SEVERAL = gettext_noop("“%(criterion)s” knows several that are called “%(said)s”. Write one of: %(known)s.")
MIXED = gettext_noop("Between some rules stands “and”, between others “or”. Make two audiences of them.")
FEW = 8
"""So many values are named in a refusal."""
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_NUMBERED = re.compile(r"(?P<name>.*?)\s*#(?P<value>\S+)")


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _in_every_language(*sources: str) -> str:
    """A pattern of these words of the catalogue, as every language has them."""
    found = set()
    for code in _languages():
        with override(code):
            found |= {_(source).strip() for source in sources}
    return "|".join(sorted(map(re.escape, found), key=len, reverse=True))


def _split(text: str, pattern: str) -> list[str]:
    """The parts between what the pattern finds outside of quotation marks."""
    masked = _QUOTED.sub(lambda found: '"' + "\x00" * (len(found[0]) - 2) + '"', text)
    parts, start = [], 0
    for found in re.finditer(pattern, masked, re.IGNORECASE):
        parts.append(text[start : found.start()])
        start = found.end()
    return [*parts, text[start:]]


def _plain(said: str) -> str:
    said = said.strip()
    return said[1:-1].replace('""', '"') if _QUOTED.fullmatch(said) else said


class Words:
    """The words of one reading or writing; it remembers which values the criteria offer."""

    def __init__(self) -> None:
        self.or_word, self.not_word = _in_every_language(" or "), _in_every_language("not")
        self.joint = _in_every_language(" and ")
        self._offered: dict[tuple[str, str], list[tuple[str, str]]] = {}

    def offered(self, criterion: str, language: str) -> list[tuple[str, str]]:
        """(value, name) of what a criterion offers. One query for each criterion and language, whose values are rows."""
        found = self._offered.get((criterion, language))
        if found is None:
            with override(language):
                found = [(value, str(label)) for value, label in options_of(criterion)]
            self._offered[criterion, language] = found
        return found

    def written(self, rules: Sequence[Rule | Given], mode: str, language: str) -> str:
        """The rules as a cell says them."""
        with override(language):
            word = (_(" and ") if mode == Audience.Mode.ALL else _(" or ")).strip()
            return f"; {word} ".join(self._rule(one, language) for one in rules)

    def _rule(self, rule: Rule | Given, language: str) -> str:
        if rule.criterion not in criteria:
            return f"{rule.criterion}: {', '.join(rule.values)}"
        offered = self.offered(rule.criterion, language)
        names = dict(offered)
        if strange := [one for one in rule.values if one not in names]:
            more = {value: str(label) for value, label in options_of(rule.criterion, strange)}
            names |= {one: more[one] for one in strange if one in more}
        counts = Counter(fold(name) for _value, name in offered)
        parts = []
        for value in rule.values:
            name = names.get(value, "")
            is_plain = counts[fold(name)] == 1 and value not in strange
            parts.append(self._quoted(name if is_plain else f"{name} #{value}".strip()))
        turned = f"{_('not')} " if rule.is_not else ""
        return f"{criteria.get(rule.criterion).title}: {turned}{_(' or ').join(parts)}"

    def _quoted(self, name: str) -> str:
        is_odd = re.search(
            rf'[;"]|^\s|\s$|\s(?:{self.or_word})\s|^(?:{self.not_word})\s', name, re.IGNORECASE
        )
        return '"' + name.replace('"', '""') + '"' if is_odd else name

    def read(self, text: str) -> tuple[list[Given], str]:
        """The rules of a cell, and whether all or any of them have to hold ("" where it does not say). Raises FieldRefused."""
        found: list[Given] = []
        joints: set[str] = set()
        for part in _split(text, r";"):
            said = part.strip()
            if found and (joint := re.match(rf"({self.joint}|{self.or_word})\s+", said, re.IGNORECASE)):
                is_and = re.fullmatch(self.joint, joint[1], re.IGNORECASE)
                joints.add(Audience.Mode.ALL.value if is_and else Audience.Mode.ANY.value)
                said = said[joint.end() :]
            if said:
                found.append(self._read_rule(said))
        if len(joints) > 1:
            raise FieldRefused("rules", text, MIXED)
        return found, next(iter(joints), "")

    def _read_rule(self, said: str) -> Given:
        title, *rest = _split(said, r":")
        if not rest:
            raise FieldRefused("rules", said, NO_COLON, said=said[:80], example=self._example())
        name = self._criterion(_plain(title))
        values = said[len(title) + 1 :].strip()
        parts = [_plain(one) for one in _split(values, rf"\s(?:{self.or_word})\s")]
        is_not = False
        turned = re.match(rf"(?:{self.not_word})\s+", values, re.IGNORECASE)
        if turned and not self._known(name, parts[0]):
            is_not = True
            parts = [_plain(one) for one in _split(values[turned.end() :], rf"\s(?:{self.or_word})\s")]
        return Given(name, list(dict.fromkeys(self._value(name, one) for one in parts)), is_not)

    def _example(self) -> str:
        offered = self.offered("kind", settings.LANGUAGE_CODE)
        return f"{criteria.get('kind').title}: {offered[0][1]}"

    def _criterion(self, said: str) -> str:
        known: dict[str, str] = {}
        for code in _languages():
            with override(code):
                known.update({fold(str(plug.title)): name for name, plug in criteria.items()})
        found = known.get(fold(said)) or (said if said in criteria else "")
        if not found:
            titles = "; ".join(str(plug.title) for _name, plug in criteria.items())
            raise FieldRefused("rules", said, NO_CRITERION, said=said[:80], known=titles)
        return found

    def _named(self, criterion: str) -> Iterator[tuple[str, str]]:
        for code in _languages():
            for value, name in self.offered(criterion, code):
                yield value, fold(name)

    def _known(self, criterion: str, said: str) -> list[str]:
        """The values that are called so."""
        wanted = fold(said)
        found = list(dict.fromkeys(value for value, name in self._named(criterion) if name == wanted))
        if found:
            return found
        if (match := _NUMBERED.fullmatch(said)) is not None:
            there: Mapping[str, object] = dict(options_of(criterion, [match["value"]]))
            return [match["value"]] if match["value"] in there else []
        is_word = not said.isdigit() and any(value == said for value, _name in self._named(criterion))
        return [said] if is_word else []

    def _value(self, criterion: str, said: str) -> str:
        found = self._known(criterion, said)
        if len(found) == 1:
            return found[0]
        title = str(criteria.get(criterion).title)
        if found:
            known = [f"{said} #{one}" for one in found]
            raise FieldRefused("rules", said, SEVERAL, criterion=title, said=said[:80], known=_few(known))
        names = [name for _value, name in self.offered(criterion, settings.LANGUAGE_CODE)]
        raise FieldRefused("rules", said, NO_VALUE, criterion=title, said=said[:80], known=_few(names))


def _few(names: Sequence[str]) -> str:
    return "; ".join(names[:FEW]) + (" …" if len(names) > FEW else "") if names else "–"
