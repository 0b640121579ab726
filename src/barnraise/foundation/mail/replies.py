"""A reply taken apart: what is new, what is quoted, what is signature."""

from __future__ import annotations

from collections.abc import Sequence

from . import quotes, signatures
from .quotes import Splitter
from .shapes import Reply

_MOST_LINES = 3000
_SHOWN = 400_000


def take_apart(text: str) -> Reply:
    """Cut quotations and signature off a readable text.

    - Text below a line like "On ... wrote:" or a block of headers is quoted to the end of the mail, unless the quotation is
      marked by ">": then what stands below the marked lines is new again (people who answer below).
    - Answers between marked lines keep those lines, since they say nothing without them.
    - A forward is no reply: it stays whole.
    """
    lines = text[:_SHOWN].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = _split_shared(lines[:_MOST_LINES])
    new, quoted = _parted(lines)
    said, signature = signatures.cut(new)
    return Reply(new, said, quoted, signature)


def _split_shared(lines: Sequence[str]) -> list[str]:
    """ "Thanks On Monday ... wrote:" becomes two lines."""
    out: list[str] = []
    for line in lines:
        at = quotes.shared_line(line) if not line.startswith(">") else -1
        out += [line[:at], line[at:].lstrip(" -")] if at > 0 else [line]
    return out


def _is_marked(line: str) -> bool:
    return line.lstrip().startswith(">")


def _parted(lines: Sequence[str]) -> tuple[str, str]:
    first = _first_splitter(lines)
    if first is not None and first.kind == "forwarded":
        return _joined(lines), ""
    if first is None or (first.kind == "wrote" and _is_marked_next(lines, first.end)):
        return _around_marked(lines, first)
    if _is_marked(lines[first.start]):
        return _around_marked(lines, None)
    return _joined(lines[: first.start]), _joined(lines[first.start :])


def _first_splitter(lines: Sequence[str]) -> Splitter | None:
    for at in range(len(lines)):
        if _is_marked(lines[at]) and at and _is_marked(lines[at - 1]):
            continue
        found = quotes.splitter(lines, at)
        if found is not None:
            return found
    return None


def _is_marked_next(lines: Sequence[str], at: int) -> bool:
    for line in lines[at:]:
        if line.strip():
            return _is_marked(line)
    return False


def _around_marked(lines: Sequence[str], first: Splitter | None) -> tuple[str, str]:
    """New text around lines marked by ">"."""
    kinds = _kinds(lines, first)
    own = [at for at, kind in enumerate(kinds) if kind == "t"]
    marked = [at for at, kind in enumerate(kinds) if kind == "m"]
    if not marked or (first is None and not _is_quotation(marked, own)):
        return _joined(lines), ""
    if not own:
        return "", _joined(lines)
    if _answers_between(kinds, own):
        start, end = own[0], own[-1] + 1
        return _joined(_without(lines, kinds, start, end)), _joined([*lines[:start], *lines[end:]])
    new = [line for line, kind in zip(lines, kinds, strict=True) if kind in "te"]
    return _joined(_at_most_one_gap(new, kinds)), _joined(
        [line for line, kind in zip(lines, kinds, strict=True) if kind in "ms"]
    )


def _kinds(lines: Sequence[str], first: Splitter | None) -> str:
    """One letter a line: m marked, s a line that announces a quotation, e empty, t the person's own text."""
    kinds = ["e" if not line.strip() else "m" if _is_marked(line) else "t" for line in lines]
    at = 0
    while at < len(lines):
        found = quotes.splitter(lines, at) if kinds[at] == "t" else None
        if found is not None and found.kind == "wrote" and _is_marked_next(lines, found.end):
            kinds[found.start : found.end] = "s" * (found.end - found.start)
            at = found.end
            continue
        if found is not None and (first is None or found.start > first.start):
            # An unmarked quotation inside or below: all of it is old.
            kinds[at:] = ["e" if kind == "e" else "m" for kind in kinds[at:]]
            break
        at += 1
    _mend_wraps(lines, kinds)
    return "".join(kinds)


def _mend_wraps(lines: Sequence[str], kinds: list[str]) -> None:
    """A link or address broken by the mail program in the midst of a quotation belongs to it."""
    for at in range(1, len(lines) - 1):
        if kinds[at] != "t" or kinds[at - 1] != "m" or kinds[at + 1] != "m":
            continue
        line, above = lines[at].strip(), lines[at - 1]
        is_open = above.rfind("(") > above.rfind(")") or above.rfind("<") > above.rfind(">", 2)
        if (is_open and line.endswith((")", ">"))) or (
            line.startswith(("(http", "<http")) and line.rstrip(" >").endswith((")", ">", ""))
        ):
            kinds[at] = "m"


def _is_quotation(marked: Sequence[int], own: Sequence[int]) -> bool:
    """Marked lines that nothing announces: at the end or the beginning of the mail, or three and more of them."""
    return len(marked) >= 3 or not own or own[-1] < marked[0] or own[0] > marked[-1]


def _answers_between(kinds: str, own: Sequence[int]) -> bool:
    """Own text stands between marked lines on both sides."""
    inside = kinds[: own[-1] + 1].replace("e", "").replace("s", "m")
    runs = [kind for at, kind in enumerate(inside) if at == 0 or inside[at - 1] != kind]
    whole = kinds.replace("e", "").replace("s", "m")
    return "".join(runs).count("mt") >= 2 or ("mt" in "".join(runs) and whole.endswith("m"))


def _without(lines: Sequence[str], kinds: str, start: int, end: int) -> list[str]:
    """From the quotation that the first answer answers to the last answer, without the lines that only announce."""
    while start and kinds[start - 1] in "me":
        start -= 1
    return [line for line, kind in zip(lines[start:end], kinds[start:end], strict=True) if kind != "s"]


def _at_most_one_gap(new: Sequence[str], kinds: str) -> list[str]:
    out: list[str] = []
    for line in new:
        if line.strip() or (out and out[-1].strip()):
            out.append(line)
    return out if "m" in kinds else list(new)


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip("\n").rstrip()
