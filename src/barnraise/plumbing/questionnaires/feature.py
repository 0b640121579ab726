"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.links.sockets import Purpose, purposes
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui

from . import belonging, facing, policies, public, selectors
from . import sample as town
from .intake import Questionnaires
from .models import Version
from .selectors import KIND, RESPONSE
from .services import hand_back, put_questions_back, restore, restore_questionnaires
from .services.following import MERGED

ui.navigation.plug(
    "questionnaires",
    ui.NavigationItem(_("Questionnaires"), "questionnaires:list", "why", policies.may_see, "clipboard-list"),
    order=40,
)
ui.actions.plug(
    "questionnaires.add",
    ui.Action(
        _("New questionnaire"),
        "questionnaires:add",
        policies.may_edit,
        "clipboard-list",
        _("survey form questions"),
    ),
)
ui.cards.plug(
    "questionnaires.closing",
    ui.Card(
        _("Questionnaires that close soon"),
        policies.may_see,
        "questionnaires/cards/closing.html",
        facing.closing_card,
    ),
    order=32,
)
ui.kinds.plug(
    KIND,
    ui.Described(
        _("questionnaire"),
        selectors.titles,
        lambda key: reverse("questionnaires:by_key", args=[key]),
        policies.may_see,
        "clipboard-list",
    ),
)
ui.kinds.plug(
    RESPONSE,
    ui.Described(
        _("response"),
        selectors.response_titles,
        lambda key: reverse("questionnaires:response_by_key", args=[key]),
        policies.may_read_answers,
        "clipboard-list",
    ),
)


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    latest: dict[int, Version] = {}
    for version in Version.objects.filter(questionnaire__in=list(keys)).order_by("number"):
        latest[version.questionnaire_id] = version
    named = selectors.titles(keys)
    for key, version in latest.items():
        said = [text for words in version.texts.values() for text in words.values()]
        said += [text for question in version.asked() for text in question.texts.values()]
        yield Document(key, named[key], " ".join(said), visibility="team")


documents.plug(KIND, Documents(_("Questionnaires"), _documents, policies.may_see))
nouns.plug("questionnaires", Questionnaires())
undoers.plug(KIND, restore_questionnaires)
undoers.plug(RESPONSE, restore)
undoers.plug("questionnaires.version", put_questions_back)
undoers.plug(MERGED, hand_back)
belongings.plug("questionnaires", belonging.RESPONDENTS, order=95)
ui.sample.plug("questionnaires", ui.SamplePart(town.load, town.remove), order=50)
purposes.plug(
    "questionnaires.answer",
    Purpose(
        title=_("Questionnaire"),
        text=_("Please answer these questions."),
        button=_("Send the answers"),
        done=_("Your answers are kept."),
        act=public.keep,
        template="questionnaires/link_fields.html",
        select=public.offers,
    ),
)

for _verb, _text in {
    "added": _("{who} began the questionnaire {what}"),
    "changed": _("{who} changed the settings of {what}"),
    "draft_written": _("{who} wrote at version {number} of {what}"),
    "version_begun": _("{who} began version {number} of {what}"),
    "draft_discarded": _("{who} discarded the draft of version {number} of {what}"),
    "published": _("{who} published version {number} of {what}"),
    "closed": _("{who} closed {what}"),
    "reopened": _("{who} has answers to {what} taken again"),
    "removed": _("{who} removed the questionnaire {name}"),
    "answered": _("Somebody answered {what}"),
    "typed": _("{who} typed in an answer to {what}"),
    "taken_in": ngettext_lazy(
        "{who} took in {count} response to {what} from a file",
        "{who} took in {count} responses to {what} from a file",
        "count",
    ),
    "response_removed": _("{who} took a response to {what} away"),
    "sample_added": ngettext_lazy(
        "{who} added {count} questionnaire of the sample town",
        "{who} added {count} questionnaires of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} questionnaire of the sample town",
        "{who} removed {count} questionnaires of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"questionnaires.{_verb}", Sentence(_text, icon="clipboard-list"))
