"""Cards of every version, as programs write them and as they should not."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from barnraise.foundation.vcards import Address, Card, Marked, Name, TooLong, cards, looks_like_cards, written
from barnraise.foundation.vcards import lines as source


def read(folder: Path, content: bytes | str) -> list[Card]:
    path = folder / "some.vcf"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert looks_like_cards(path.read_bytes()[:4096])
    return list(cards(path))


def one(folder: Path, *lines: str, version: str = "3.0") -> Card:
    text = "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])
    (found,) = read(folder, text)
    return found


def test_a_card_of_version_3(tmp_path: Path) -> None:
    card = one(
        tmp_path,
        "UID:urn:uuid:4f7a-1",
        "FN:Dr. Ana Ruiz\\, MD",
        "N:Ruiz;Ana;Luz,María;Dr.;MD",
        "ORG:Riverbend Garden Club;Seeds;Tools",
        "TITLE:Chair",
        "EMAIL;TYPE=INTERNET,HOME:ana@home.example",
        "EMAIL;TYPE=WORK;TYPE=PREF:ana@example.org",
        "TEL;TYPE=CELL,VOICE:+1 307 555 0100",
        "TEL;TYPE=WORK,FAX:+1 307 555 0101",
        "ADR;TYPE=WORK:PO Box 9;Suite 2;1 Mill Street;Riverbend;OH;43099;USA",
        "URL:https://example.org",
        "CATEGORIES:Garden,Food\\, drink",
        "NOTE:First line\\nsecond\\; line",
        "BDAY:1980-03-22",
    )
    assert (card.version, card.kind, card.uid, card.number) == ("3.0", "individual", "4f7a-1", 1)
    assert card.shown_name == "Dr. Ana Ruiz, MD"
    assert card.name == Name("Ruiz", "Ana", "Luz María", "Dr.", "MD")
    assert (card.organisation, card.title) == (("Riverbend Garden Club", "Seeds", "Tools"), "Chair")
    assert card.emails == (
        Marked("ana@example.org", ("work",), is_preferred=True),
        Marked("ana@home.example", ("home",)),
    )
    assert card.phones == (Marked("+1 307 555 0100", ("cell",)), Marked("+1 307 555 0101", ("fax", "work")))
    assert card.addresses == (
        Address("PO Box 9\nSuite 2\n1 Mill Street", "Riverbend", "OH", "43099", "USA", ("work",)),
    )
    assert card.categories == ("Garden", "Food, drink")
    assert card.note == "First line\nsecond; line"
    assert card.others == (("BDAY", "1980-03-22"),)
    assert card.problems == ()


def test_a_card_of_version_4(tmp_path: Path) -> None:
    card = one(
        tmp_path,
        "KIND:individual",
        "FN:Ana Ruiz",
        'TEL;VALUE=uri;PREF=2;TYPE="work,voice":tel:+1-307-555-0100;ext=102',
        'TEL;VALUE=uri;PREF=1;TYPE="cell,voice":tel:+1-307-555-0101',
        "LANG;PREF=2:en",
        "LANG;PREF=1:es",
        "EMAIL;TYPE=work:mailto:ana@example.org",
        "PHOTO:data:image/png;base64,iVBORw0KGgo=",
        "SOCIALPROFILE;SERVICE-TYPE=Mastodon:https://social.example/@ana",
        version="4.0",
    )
    assert [(phone.value, phone.marks) for phone in card.phones] == [
        ("+1-307-555-0101", ("cell",)),
        ("+1-307-555-0100;ext=102", ("work",)),
    ]
    assert card.languages == ("es", "en")
    assert [mail.value for mail in card.emails] == ["ana@example.org"]
    assert [picture.content for picture in card.pictures] == [b"\x89PNG\r\n\x1a\n"]
    assert [profile.value for profile in card.profiles] == ["https://social.example/@ana"]


def test_a_card_of_version_2_with_quoted_printable(tmp_path: Path) -> None:
    card = one(
        tmp_path,
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Pe=C3=B1a;Luz;;;",
        "FN;encoding=quoted-printable;charset=iso-8859-1:Luz Pe=F1a=",
        " de la Cruz",
        "TEL;CELL;VOICE:(307) 555-0100",
        "TEL;WORK;FAX;PREF:(307) 555-0101",
        "LABEL;WORK;ENCODING=QUOTED-PRINTABLE:1 Mill Street=0D=0A=",
        "Riverbend",
        "NOTE;QUOTED-PRINTABLE:one=0D=0Atwo, three; four",
        version="2.1",
    )
    assert (card.name.family, card.shown_name) == ("Peña", "Luz Peña de la Cruz")
    assert card.phones == (
        Marked("(307) 555-0101", ("fax", "work"), is_preferred=True),
        Marked("(307) 555-0100", ("cell",)),
    )
    assert card.note == "one\ntwo, three; four"
    assert card.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, ends: str) -> None:
    text = ends.join(
        [
            "BEGIN:VCARD",
            "VERSION:3.0",
            "FN:Jörg Müller",
            "END:VCARD",
            "BEGIN:VCARD",
            "FN:Señor",
            "END:VCARD",
            "",
        ]
    )
    assert [card.shown_name for card in read(tmp_path, text.encode(encoding))] == ["Jörg Müller", "Señor"]


def test_one_file_may_hold_several_character_sets(tmp_path: Path) -> None:
    first = "BEGIN:VCARD\nFN:Jörg\nEND:VCARD\n".encode("cp1252")
    second = "BEGIN:VCARD\nFN:Søren 花\nEND:VCARD\n".encode()
    third = "BEGIN:VCARD\nFN;CHARSET=windows-1251:Анна\nEND:VCARD\n".encode("cp1251")
    assert [card.shown_name for card in read(tmp_path, first + second + third)] == [
        "Jörg",
        "Søren 花",
        "Анна",
    ]


def test_a_damaged_card_does_not_take_others_along(tmp_path: Path) -> None:
    text = (
        "ENCODING:UTF-8\nBEGIN:VCARD\nVERSION:3.0\nFN:No end\nBEGIN:VCARD\nVERSION:3.0\nFN:Second\nthis is no line\n"
        "PHOTO;ENCODING=b:%%%\nNOTE;CHARSET=x-unknown;ENCODING=QUOTED-PRINTABLE:a=F1o\nEND:VCARD\n\njunk between\n"
        "begin:vcard\nfn:Third\nend:vcard\nBEGIN:VCARD\nFN:Cut off\nTEL:+1 3"
    )
    found = read(tmp_path, text)
    assert [card.shown_name for card in found] == ["No end", "Second", "Third", "Cut off"]
    assert [card.number for card in found] == [1, 2, 3, 4]
    assert found[1].problems == ("this is no line",)
    assert (found[1].note, found[1].pictures[0].content) == ("año", b"")


def test_apple_names_what_others_mark(tmp_path: Path) -> None:
    card = one(
        tmp_path,
        "item1.EMAIL;type=INTERNET:ana@example.org",
        "item1.X-ABLabel:_$!<School>!$_",
        "item2.TEL:+1 307 555 0100",
        "item2.X-ABLabel:Garden shed",
        "item3.X-ABRELATEDNAMES:Bob",
        "item3.X-ABLabel:_$!<Spouse>!$_",
        "X-ABShowAs:COMPANY",
    )
    assert (card.emails[0].label, card.phones[0].label) == ("School", "Garden shed")
    assert card.others == (("Spouse", "Bob"),)
    assert card.kind == "org"


@pytest.mark.parametrize(
    ("line", "kind"),
    [("KIND:org", "org"), ("KIND:Group", "group"), ("X-ADDRESSBOOKSERVER-KIND:group", "group")],
)
def test_kinds(tmp_path: Path, line: str, kind: str) -> None:
    assert one(tmp_path, "FN:Riverbend", line).kind == kind


def test_a_card_inside_a_card_is_left_out(tmp_path: Path) -> None:
    card = one(
        tmp_path, "FN:Ana", "AGENT:", "BEGIN:VCARD", "FN:Assistant", "END:VCARD", "NOTE:after", version="2.1"
    )
    assert (card.shown_name, card.note) == ("Ana", "after")


def test_a_large_photo_is_read_quickly_and_an_endless_card_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = bytes(range(256)) * 8000
    text = base64.b64encode(raw).decode()
    folded = "\r\n ".join(text[at : at + 74] for at in range(0, len(text), 74))
    assert one(tmp_path, "FN:Ana", f"PHOTO;ENCODING=b;TYPE=JPEG:{folded}").pictures[0].content == raw
    monkeypatch.setattr(source, "_LONGEST", 1000)
    with pytest.raises(TooLong):
        read(tmp_path, "BEGIN:VCARD\n" + "FN:x\n" * 500)


def test_written_cards_are_read_back(tmp_path: Path) -> None:
    card = Card(
        version="3.0",
        uid="0d9f-2",
        shown_name="Ana Ruiz, \\ the gardener; of\nRiverbend",
        name=Name("Ruiz", "Ana"),
        organisation=("Garden; Club", "Seeds"),
        title="Chair",
        emails=(Marked("ana@example.org", ("work",), is_preferred=True), Marked("a@home.example", ("home",))),
        phones=(Marked("+13075550100", ("cell",)),),
        pages=(Marked("https://example.org/a,b"),),
        addresses=(Address("1 Mill Street\nRear", "Riverbend", "OH", "43099", "US", ("home",)),),
        note="Long " * 40 + "花" * 60,
        categories=("Food, drink", "Garden"),
    )
    octets = written(card)
    assert octets.startswith(b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:0d9f-2\r\nFN:")
    assert octets.endswith(b"\r\nEND:VCARD\r\n")
    lines = octets.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in octets.replace(b"\r\n", b"")
    for line in lines:
        line.decode()
    (found,) = read(tmp_path, octets)
    assert found == card
