"""Replies as mail programs of the world write them: what is new stays, what is quoted goes."""

from __future__ import annotations

import pytest

from barnraise.foundation.mail import take_apart

OLD = "\n\nThe garden opens at nine.\nBring gloves."
MARKED = "\n\n> The garden opens at nine.\n> Bring gloves."


@pytest.mark.parametrize(
    "said_by",
    [
        "On Mon, Apr 2, 2012 at 6:26 PM, Ana Ruiz <ana@example.org> wrote:",
        "On 11-Apr-2011, at 6:54 PM, Ana Ruiz <ana@example.org> wrote:",
        "On 04/19/2011 07:10 AM, Ana Ruiz wrote:",
        "On Fri, May 6, 2011 at 6:03 PM, Ana Ruiz of the Riverbend Garden Club\n<ana@example.org> wrote:",
        "On Nov 30, 2011, at 12:47 PM, Ana <\n416ffd3258d4d2fa4c85cfa4c44e1721d66e3e8f4@mail.example.org>\nwrote:",
        "On Tuesday, June 3, 2025 at 09:12:01 AM PDT, Ana Ruiz <ana@example.org> sent:",
        "---- On Mon, 01 Jan 2018 10:00:00 +0100 Ana Ruiz <ana@example.org> wrote ----",
        "------On 12/29/1987 17:32 PM, Ana Ruiz wrote-----",
        "2014-10-17 11:28 GMT+03:00 Ana Ruiz <\nana@example.org>:",
        "El lun, 2 jun 2025 a las 14:20, Ana Ruiz (<ana@example.org>) escribió:",
        "El 2 de junio de 2025, a las 14:20, Ana Ruiz <ana@example.org> escribió:",
        "Le lun. 2 juin 2025 à 14:20, Ana Ruiz <ana@example.org> a écrit :",
        "Le 23 janv. 2015 à 22:03, Ana Ruiz <ana@example.org<mailto:ana@example.org>> a écrit:",
        "Am Mo., 2. Juni 2025 um 14:20 Uhr schrieb Ana Ruiz <ana@example.org>:",
        "Am 02.06.2025 um 14:20 schrieb Ana Ruiz:",
        "Il giorno lun 2 giu 2025 alle ore 14:20 Ana Ruiz <ana@example.org> ha\nscritto:",
        "Em seg., 2 de jun. de 2025 às 14:20, Ana Ruiz <ana@example.org> escreveu:",
        "Op ma 2 jun 2025 om 14:20 schreef Ana Ruiz <ana@example.org>:",
        "Op 17-feb.-2015, om 13:18 heeft Ana Ruiz <ana@example.org> het volgende geschreven:",
        "Den mån 2 juni 2025 kl 14:20 skrev Ana Ruiz <ana@example.org>:",
        "På 14 september 2015 på 02:23:18, Ana Ruiz (ana@example.org) skrev:",
        "ma 2. kesäk. 2025 klo 14.20 Ana Ruiz (ana@example.org) kirjoitti:",
        "W dniu 28 stycznia 2015 01:53 użytkownik Ana Ruiz <ana@example.org>\nnapisał:",
        "pon., 2 cze 2025 o 14:20 Ana Ruiz <ana@example.org> napisał(a):",
        '02.04.2012 14:20 пользователь "ana@example.org" <\nana@example.org> написал:',
        "пн, 2 июн. 2025 г. в 14:20, Ana Ruiz <ana@example.org>:",
        "po 2. 6. 2025 v 14:20 odesílatel Ana Ruiz <ana@example.org> napsal:",
        "2025年6月2日(月) 14:20 Ana Ruiz <ana@example.org>:",
        "在 2025年6月2日，14:20，Ana Ruiz <ana@example.org> 写道：",
        "2025년 6월 2일 (월) 오후 2:20, Ana Ruiz <ana@example.org>님이 작성:",
        "2 Haz 2025 Pzt 14:20 tarihinde Ana Ruiz <ana@example.org> şunu yazdı:",
        "Vào Th 2, 2 thg 6, 2025 vào lúc 14:20 Ana Ruiz <ana@example.org> đã viết:",
        "Ana Ruiz <ana@example.org> schrieb am Mo., 2. Juni 2025, 14:20:",
        "Sent from Samsung Mobile, Ana Ruiz <ana@example.org> wrote:",
    ],
)
@pytest.mark.parametrize("old", [OLD, MARKED])
def test_a_line_that_says_who_wrote(said_by: str, old: str) -> None:
    assert take_apart(f"Count us in.\n\n{said_by}{old}\n").new_text == "Count us in."
    assert take_apart(f"Count us in.\n{said_by}{old}\n").new_text == "Count us in."


@pytest.mark.parametrize(
    "block",
    [
        "From: Ana Ruiz [mailto:ana@example.org]\nSent: March-09-12 4:22 PM\nTo: Bob\nSubject: Garden day",
        "From: Ana Ruiz <ana@example.org>\nDate: Monday, June 2, 2025 at 2:20 PM\nTo: Bob <bob@example.org>\nCc: A <a@example.org>,\n"
        "  B <b@example.org>\nSubject: Garden day",
        "________________________________\nFrom: Ana Ruiz\nSent: Monday, June 2, 2025 2:20 PM\nTo: Bob\nSubject: Garden day",
        "  *From:* ana@example.org [mailto:\n  ana@example.org]\n  *Sent:* Wednesday, June 27, 2012 3:05 PM\n"
        "  *To:* bob@example.org\n  *Subject:* Hi",
        "Von: ana@example.org\nGesendet: Dienstag, 25. November 2014 14:59\nAn: Bob\nBetreff: Garten",
        "De : Ana Ruiz [mailto:ana@example.org]\nEnvoyé : vendredi 23 janvier 2015 16:39\nÀ : Bob\nObjet : Jardin",
        "De: Ana Ruiz <ana@example.org>\nEnviado el: lunes, 2 de junio de 2025 14:20\nPara: Bob\nAsunto: Jardín",
        "Da: Ana Ruiz <ana@example.org>\nInviato: lunedì 2 giugno 2025 14:20\nA: Bob\nOggetto: Orto",
        "De: Ana Ruiz <ana@example.org>\nEnviada em: segunda-feira, 2 de junho de 2025 14:20\nPara: Bob\nAssunto: Horta",
        "Van: Ana Ruiz <ana@example.org>\nVerzonden: maandag 2 juni 2025 14:20\nAan: Bob\nOnderwerp: Tuin",
        "Fra: ana@example.org\nSendt: 19. march 2011 12:10\nTil: Bob\nEmne: Have",
        "Från: Ana [mailto:ana@example.org]\nSkickat: den 26 augusti 2015 14:45\nTill: Bob\nÄmne: RE: Trädgård",
        "Od: Ana <ana@example.org>\nWysłano: 2 czerwca 2025 14:20\nDo: Bob\nTemat: Ogród",
        "От: Ana <ana@example.org>\nОтправлено: 2 июня 2025 г. 14:20\nКому: Bob\nТема: Сад",
        "发件人: Ana <ana@example.org>\n发送时间: 2025年6月2日 14:20\n收件人: Bob\n主题: 花园",
        "差出人: Ana <ana@example.org>\n送信日時: 2025年6月2日 14:20\n宛先: Bob\n件名: 庭",
        "Date: Wed, 16 May 2012 00:15:02 -0600\nTo: bob@example.org",
        "-----Original Message-----\nFrom: Ana\nSent: Mon, Apr 2, 2012 5:49 pm\nSubject: Garden",
        "-----Original Message-----",
        "-----Ursprüngliche Nachricht-----",
        "-----Mensaje original-----",
        "-------- Message d'origine --------",
        "-----Messaggio originale-----",
        "-----Oprindelig meddelelse-----",
        "-----Oorspronkelijk bericht-----",
        "-------- Исходное сообщение --------",
        "-------- Original message --------\nFrom: Ana <ana@example.org>\nDate: 02/06/2025 14:20 (GMT+01:00)\nTo: Bob <bob@example.org>",
        "From: Ana <ana@example.org>",
    ],
)
def test_a_block_of_headers(block: str) -> None:
    assert take_apart(f"Count us in.\n\n{block}\n\nThe garden opens at nine.").new_text == "Count us in."


def test_answers_below_the_quotation() -> None:
    text = "On 04/02/2012 06:26 PM, Ana Ruiz wrote:\n> Can you come?\n> We start at nine.\nYes, with two friends."
    reply = take_apart(text)
    assert reply.new_text == "Yes, with two friends."
    assert reply.quoted == "On 04/02/2012 06:26 PM, Ana Ruiz wrote:\n> Can you come?\n> We start at nine."


def test_words_above_and_below_the_quotation() -> None:
    text = "Thank you.\n\nOn 04/02/2012 06:26 PM, Ana Ruiz wrote:\n\n> Can you come?\n>> When?\n\nSee you there, Bob"
    assert take_apart(text).new_text == "Thank you.\n\nSee you there, Bob"


def test_answers_between_keep_what_they_answer() -> None:
    text = "Hi Ana,\n\nOn 04/02/2012 06:26 PM, Ana Ruiz wrote:\n> Can you come?\nYes.\n> How many?\nThree.\n\n> Yours, Ana"
    assert take_apart(text).new_text == "Hi Ana,\n\n> Can you come?\nYes.\n> How many?\nThree."


def test_on_the_same_line() -> None:
    assert (
        take_apart("Yes. On Wed, Apr 4, 2012 at 3:59 PM, ana@example.org wrote:\n> Coming?").new_text
        == "Yes."
    )
    assert (
        take_apart("Well--- On Wed, Apr 4, 2012 at 3:59 PM, ana@example.org wrote:\n> Coming?").new_text
        == "Well"
    )


def test_marked_lines_that_nothing_announces() -> None:
    assert (
        take_apart("Hello\n> On 22 Aug 2015, at 19:21, Ana <ana@example.org> wrote:\n>\n> Hi there").new_text
        == "Hello"
    )
    assert take_apart("We need:\n> 20 chairs\nand tables").new_text == "We need:\n> 20 chairs\nand tables"


@pytest.mark.parametrize(
    "text",
    [
        "On Monday the mayor comes.\nOn Tuesday we paint.",
        "He wrote:\n\nA long letter follows.",
        "In 2019 the council wrote a plan.\nWe read it.",
        "Date: Saturday, May 5\nTime: 10:00\nPlace: Library",
        "From here: walk north.\nTo: the bridge",
        "Visit us.\n>>> >>>  http://www.example.org <<<\nBy the link above",
        "Please send it from: the office\nand not from home",
        "Agenda\n-------\nBudget\n-------\nAny other business",
        "See <https://example.org/1> <https://example.org/2>",
        "One more question about\nthe garden: who brings tools?",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert take_apart(text).new_text == text
    assert take_apart(text).said == text


@pytest.mark.parametrize(
    "below",
    [
        "-- \nAna Ruiz\nRiverbend Garden Club",
        "--\nAna Ruiz",
        "Sent from my iPhone",
        "Sent from my Verizon Wireless BlackBerry",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Enviado desde mi iPhone",
        "Envoyé de mon iPhone",
        "Von meinem iPhone gesendet",
        "Diese Nachricht wurde von meinem Android-Gerät mit GMX Mail gesendet.",
        "Inviato da iPhone",
        "Enviado do meu iPhone",
        "Verstuurd vanaf mijn iPad",
        "Skickat från min iPhone",
        "Sendt fra min iPhone",
        "Lähetetty iPhonesta",
        "Wysłane z iPhone'a",
        "Отправлено с iPhone",
        "发自我的 iPhone",
        "iPhoneから送信",
        "나의 iPhone에서 보냄",
        "CONFIDENTIALITY NOTICE: This e-mail and any attachments are for the sole use of the addressee.",
        "This message is intended only for the person or entity to which it is addressed and may contain\nconfidential material.",
        "Este mensaje y sus archivos adjuntos son confidenciales y van dirigidos a su destinatario.",
        "Diese E-Mail enthält vertrauliche Informationen.",
        "Please consider the environment before printing this e-mail.",
        "-- \nAna Ruiz\n\n_______________________________________________\nfriends mailing list\nfriends@lists.example.org",
        "Sent from my iPhone\n\nThis email is confidential.",
    ],
)
def test_signatures_go(below: str) -> None:
    reply = take_apart(
        f"Count us in.\n\n{below}\n\nOn Mon, Apr 2, 2012 at 6:26 PM, Bob <bob@example.org> wrote:\n> Coming?"
    )
    assert reply.said == "Count us in."
    assert reply.signature == below
    assert reply.new_text == f"Count us in.\n\n{below}"


def test_a_greeting_and_a_name_stay_and_the_card_below_goes() -> None:
    card = "Garden coordinator\nRiverbend Garden Club\nTel. +1 307 555 0100\nana@example.org"
    reply = take_apart(f"Count us in.\n\nBest regards,\nAna Ruiz\n{card}")
    assert (reply.said, reply.signature) == ("Count us in.\n\nBest regards,\nAna Ruiz", card)
    assert take_apart("Count us in.\n\nSaludos,\nAna").said == "Count us in.\n\nSaludos,\nAna"


@pytest.mark.parametrize(
    "text",
    [
        "Sent from my desk, this is much easier than from my mobile phone, so I write the whole story down here for you all to read.",
        "I saw that it was sent from my iPhone.\nCan you check?",
        "With regards to the payment:\nit is late.",
        "The form is confidential.\nPlease keep it safe.",
    ],
)
def test_words_like_a_signature_stay(text: str) -> None:
    assert take_apart(text).said == text


def test_a_forward_stays_whole() -> None:
    text = "FYI\n\n---------- Forwarded message ----------\nFrom: ana@example.org\nDate: Tue, Sep 4, 2012\n\nText"
    assert take_apart(text).new_text == text


def test_a_quoted_forward_goes() -> None:
    text = "Yes\n\n-----Original Message-----\n\nFYI\n\n---------- Forwarded message ----------\nFrom: ana@example.org\n\nText"
    assert take_apart(text).new_text == "Yes"


def test_line_ends_and_emptiness() -> None:
    assert take_apart("Yes\r\n\r\nOn 04/02/2012 06:26 PM, Ana wrote:\r\n> Coming?\r\n").new_text == "Yes"
    assert take_apart("").said == ""
    assert take_apart("> only\n> quoted\n> words").new_text == ""
    assert take_apart("-- \nAna").said == ""


def test_long_and_hostile_texts_are_read_quickly() -> None:
    for text in (
        "On " * 40_000,
        "> " * 100_000,
        "From: " + "a" * 200_000,
        "a@" * 60_000,
        "\n".join(["On 1/1/2020"] * 5_000),
        "-" * 300_000,
        "Sent from " * 30_000,
        ("x " * 150 + "\n") * 1_000,
        "This message " + "is " * 60_000,
        "\n".join("(http" for _ in range(5000)),
    ):
        assert take_apart(text) is not None
