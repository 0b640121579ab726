"""Raw mails, whole and broken, as values."""

from __future__ import annotations

from datetime import UTC, datetime

from barnraise.foundation.mail import Address, read, text_of

from .making import mail

PLAIN = """
Message-ID: <m1@example.org>
In-Reply-To: <m0@example.org>
References: <a@example.org>
 <m0@example.org>
Date: Mon, 2 Jun 2025 14:20:00 -0500
Subject: =?utf-8?q?Jard=C3=ADn?= de la =?utf-8?B?ZXNjdWVsYQ==?=
From: "Ruiz, Ana" <Ana@EXAMPLE.org>
To: Bob <bob@example.org>, "bob@example.org" <bob@example.org>; cleo@example.org
Cc: =?iso-8859-1?Q?Jos=E9?= <jose@example.net>
Bcc: note+abc@in.example.org
Delivered-To: office@riverbend.example
X-Original-To: note+abc@in.example.org
Content-Type: text/plain; charset=utf-8
"""


def test_the_headers_of_a_plain_mail() -> None:
    found = mail(PLAIN, "Count us in.\n")
    assert (found.message_id, found.in_reply_to) == ("m1@example.org", "m0@example.org")
    assert found.references == ("a@example.org", "m0@example.org")
    assert found.sent_at == datetime(2025, 6, 2, 19, 20, tzinfo=UTC)
    assert found.subject == "Jardín de la escuela"
    assert found.author == Address("Ana@example.org", "Ruiz, Ana")
    assert found.to == (Address("bob@example.org", "Bob"), Address("cleo@example.org"))
    assert found.cc == (Address("jose@example.net", "José"),)
    assert found.bcc == (Address("note+abc@in.example.org"),)
    assert found.delivered_to == (Address("office@riverbend.example"), Address("note+abc@in.example.org"))
    assert (found.text, found.automatic, found.is_automatic, found.attachments) == (
        "Count us in.",
        "",
        False,
        (),
    )


def test_nothing_at_all_is_a_mail_too() -> None:
    for raw in (b"", b"\x00\xff\xfe", b"no header here", b"From\n\n", b"Content-Type: multipart/mixed\n\nx"):
        found = read(raw)
        assert (found.author, found.message_id, found.sent_at, found.forwarded) == (None, "", None, None)
    assert read(b"no header here").text == "no header here"


def test_broken_headers_are_read_as_far_as_they_go() -> None:
    found = mail(
        "From: bad-email-placeholder\nTo: undisclosed-recipients:;\nDate: yesterday\nSubject: =?utf-8?q?broken\n"
        "Message-ID: no brackets@example.org\nReceived: from a by b; Tue, 08 Aug 2023 10:01:11 +0100\n"
        "Content-Type: text/plain; charset=nonsense"
    )
    assert (found.authors, found.to, found.subject) == ((), (), "=?utf-8?q?broken")
    assert found.message_id == "brackets@example.org"
    assert found.sent_at == datetime(2023, 8, 8, 9, 1, 11, tzinfo=UTC)
    assert found.text == "Hello"


def test_names_with_bare_octets_and_quoted_encoded_words() -> None:
    found = read(
        'From: Peña <p@example.org>\nTo: "=?utf-8?q?Pe=C3=B1a=2C_Luz?=" <luz@example.org>\nSubject: ¿Cuándo?\n\nx'.encode()
    )
    assert found.author == Address("p@example.org", "Peña")
    assert found.to == (Address("luz@example.org", "Peña, Luz"),)
    assert found.subject == "¿Cuándo?"
    assert read("Subject: Señal\n\nx".encode("cp1252")).subject == "Señal"


def test_charsets() -> None:
    text = "„Grüße“ – €5"
    assert mail("Content-Type: text/plain; charset=iso-8859-1", text, charset="cp1252").text == text
    assert mail("Content-Type: text/plain", text).text == text
    assert mail("Content-Type: text/plain; charset=us-ascii", text).text == text
    assert mail("Content-Type: text/plain; charset=gb2312", "花園 €", charset="gb18030").text == "花園 €"
    assert mail("Content-Type: text/plain; charset=utf-8", "Peña", charset="cp1252").text == "Peña"


def test_flowed_text_becomes_whole_paragraphs() -> None:
    headers = 'Content-Type: text/plain; charset=utf-8; format="flowed"'
    body = "We bring chairs \nand tables.\n\n> Can you \n> come?\nYes.\n-- \nAna"
    assert mail(headers, body).text == "We bring chairs and tables.\n\n> Can you come?\nYes.\n-- \nAna"


MANY = """MIME-Version: 1.0
From: ana@example.org
Subject: Plans
Content-Type: multipart/mixed; boundary=outer

--outer
Content-Type: multipart/related; boundary=mid

--mid
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain; charset=utf-8

Here are the plans.
--inner
Content-Type: text/html; charset=utf-8

<p>Here are the <b>plans</b>.</p><img src="cid:pic">
--inner--
--mid
Content-Type: image/png; name="logo.png"
Content-ID: <pic>
Content-Disposition: inline; filename="logo.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--mid--
--outer
Content-Type: application/pdf; name="=?utf-8?q?Jard=C3=ADn.pdf?="
Content-Disposition: attachment; filename*=utf-8''..%2F..%2FJard%C3%ADn.pdf
Content-Transfer-Encoding: base64

JVBERi0xLjQ=
--outer
Content-Type: text/plain; name="notes.txt"
Content-Disposition: attachment

not the text
--outer
Content-Type: text/calendar; method=REQUEST

BEGIN:VCALENDAR
--outer
Content-Type: application/pgp-signature; name=signature.asc

x
--outer--
"""


def test_parts_of_a_mail_with_attachments() -> None:
    found = read(MANY.encode())
    assert found.text == "Here are the plans."
    assert [(one.name, one.kind, one.content) for one in found.attachments] == [
        ("Jardín.pdf", "application/pdf", b"%PDF-1.4"),
        ("notes.txt", "text/plain", b"not the text"),
        ("attachment-4.ics", "text/calendar", b"BEGIN:VCALENDAR"),
    ]
    pictures = [one for one in read(MANY.encode(), pictures=True).attachments if one.is_inline]
    assert [(one.name, one.content) for one in pictures] == [("logo.png", b"\x89PNG\r\n\x1a\n")]


def test_an_alternative_with_markup_only() -> None:
    raw = MANY.replace(
        "Content-Type: text/plain; charset=utf-8\n\nHere are the plans.", "Content-Type: text/plain\n\n "
    )
    assert read(raw.encode()).text == "Here are the plans."


def test_a_name_cannot_leave_its_folder() -> None:
    for name in ("../../etc/passwd", "C:\\temp\\passwd", "/etc/passwd", "a\x00/passwd"):
        found = mail(
            f'Content-Type: application/octet-stream; name="{name}"\nContent-Disposition: attachment'
        )
        assert [one.name for one in found.attachments] == ["passwd"]


def test_markup_as_text() -> None:
    markup = (
        "<html><head><title>T</title><style>p{color:red}</style></head><body><p>Dear Ana,</p><p>two&nbsp;&nbsp;words<br>next line</p>"
        "<ul><li>chairs<li>tables</ul><div style='display:none'>tracker</div><table><tr><td>Mon</td><td>9:00</td></tr></table>"
        "<p>See <a href='https://example.org/plan'>the plan</a> or <a href='https://example.org'>example.org</a></p><script>x()</script>"
        "<blockquote><p>old</p><blockquote>older</blockquote></blockquote></body></html>"
    )
    assert text_of(markup) == (
        "Dear Ana,\n\ntwo words\nnext line\n\n- chairs\n- tables\n\nMon 9:00\n\n"
        "See the plan <https://example.org/plan> or example.org\n\n> old\n>\n>> older"
    )


def test_replies_in_markup() -> None:
    gmail = (
        '<div dir="ltr">Yes.<div><br clear="all"></div><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">Bob</div></div>'
        '<div class="gmail_quote"><div class="gmail_attr">'
        'On Mon, Apr 2, 2012 at 6:26 PM, Ana &lt;<a href="mailto:a@example.org">a@example.org</a>&gt;'
        " wrote:<br></div><blockquote>Coming?</blockquote></div>"
    )
    outlook = (
        "<div class=WordSection1><p class=MsoNormal>Yes.<o:p></o:p></p><div id='Signature'><p>Bob</p></div><div><div style='border:none;"
        "border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>From:</b> Ana &lt;a@example.org&gt; <br><b>Sent:</b> Monday, June 2, 2025 2:20 PM<br>"
        "<b>To:</b> Bob<br><b>Subject:</b> Garden<o:p></o:p></p></div></div><p>Coming?</p></div>"
    )
    for markup in (gmail, outlook):
        found = mail("Content-Type: text/html; charset=utf-8", markup)
        assert (found.reply.said, found.reply.signature) == ("Yes.", "-- \nBob")


FORWARD = """FYI

---------- Forwarded message ---------
From: Ana Ruiz <ana@example.org>
Date: Tue, Sep 4, 2012 at 1:35 PM
Subject: Two
line subject
To: <cleo@example.org>, Dan <dan@example.org>

We can lend twenty chairs.
"""


def test_who_wrote_what_was_passed_on() -> None:
    found = mail("From: bob@example.org\nSubject: Fwd: Two", FORWARD)
    assert found.forwarded is not None
    assert found.forwarded.author == Address("ana@example.org", "Ana Ruiz")
    assert found.forwarded.readers == (Address("cleo@example.org"), Address("dan@example.org", "Dan"))
    assert (found.forwarded.subject, found.forwarded.text) == (
        "Two line subject",
        "We can lend twenty chairs.",
    )
    assert found.forwarded.sent_at == datetime(2012, 9, 4, 13, 35, tzinfo=UTC)
    assert found.text == FORWARD.strip()


def test_a_forward_by_outlook_is_told_by_its_subject() -> None:
    body = "FYI\n\nDe: Ana [mailto:ana@example.org]\nEnviado el: lunes, 2 de junio de 2025 14:20\nPara: Bob\nAsunto: Jardín\n\nLlevamos sillas."
    found = mail("Subject: RV: =?utf-8?q?Jard=C3=ADn?=", body).forwarded
    assert found is not None
    assert (found.author, found.sent_at, found.text) == (
        Address("ana@example.org", "Ana"),
        datetime(2025, 6, 2, 14, 20, tzinfo=UTC),
        "Llevamos sillas.",
    )
    assert mail("Subject: RE: =?utf-8?q?Jard=C3=ADn?=", body).forwarded is None


def test_a_forward_by_apple_and_as_attachment() -> None:
    body = "Begin forwarded message:\n\n> From: Ana <ana@example.org>\n> Date: 1. August 2011 23:28:15 GMT-07:00\n> Subject: Chairs\n>\n> Twenty."
    found = mail("Subject: Fwd: Chairs", body).forwarded
    assert found is not None
    assert (found.author, found.text) == (Address("ana@example.org", "Ana"), "Twenty.")
    whole = (
        b"Subject: Fw\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nsee below\n--x\nContent-Type: message/rfc822\n\n"
        b"From: Ana <ana@example.org>\nTo: cleo@example.org\nDate: Mon, 2 Jun 2025 14:20:00 +0000\nSubject: Chairs\n\nTwenty.\n--x--\n"
    )
    read_whole = read(whole)
    assert read_whole.forwarded is not None
    assert (read_whole.text, read_whole.forwarded.author, read_whole.forwarded.text) == (
        "see below",
        Address("ana@example.org", "Ana"),
        "Twenty.",
    )
    assert [(one.name, one.kind) for one in read_whole.attachments] == [("Chairs.eml", "message/rfc822")]


def test_what_machines_write() -> None:
    cases = {
        "Auto-Submitted: auto-replied (vacation)": "reply",
        "Auto-Submitted: auto-generated": "notice",
        "Auto-Submitted: no": "",
        "X-Autoreply: yes": "reply",
        "Subject: Automatic reply: Garden": "reply",
        "Subject: Respuesta automática: Jardín": "reply",
        "Subject: Out of office hours at the library": "",
        "Subject: Out of office\nX-Auto-Response-Suppress: All": "reply",
        "Return-Path: <>": "notice",
        "Return-Path: <ana@example.org>": "",
        "From: MAILER-DAEMON@example.org": "bounce",
        "X-Failed-Recipients: x@example.org": "bounce",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x": "bounce",
        "Content-Type: multipart/report; report-type=feedback-report; boundary=x": "complaint",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=x": "reply",
        "Precedence: bulk": "list",
        "List-Id: <friends.example.org>": "list",
        "Subject: The reply is automatic, I said": "",
    }
    assert {headers: mail(headers).automatic for headers in cases} == cases


def test_a_bomb_of_parts_is_read_up_to_a_limit() -> None:
    raw = (
        b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth) for depth in range(200)
        )
        + b"\nx"
    )
    assert read(raw).attachments == ()
    many = (
        b"Content-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\nContent-Disposition: attachment\n\nz\n" * 2000
        + b"--x--"
    )
    assert 0 < len(read(many).attachments) <= 300
