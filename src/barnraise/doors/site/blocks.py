"""Blocks of which editors make pages. What they show of the house is read by selectors when the page is opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from . import asking

Context = Mapping[str, Any] | None


class ChosenBlock(blocks.ChoiceBlock):  # type: ignore[misc]
    """One of many, named by a text: to show a page nobody has to read everything that could have been chosen."""

    def normalize_choice(self, value: Any) -> Any:
        """What was chosen, as it was kept."""
        return value


class PictureBlock(blocks.StructBlock):  # type: ignore[misc]
    """A picture that says what it shows."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What it shows"), max_length=200, help_text=_("For people who do not see it.")
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=300, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "site/blocks/picture.html"


class VideoBlock(blocks.StructBlock):  # type: ignore[misc]
    """A video of our own, or a link to one elsewhere. A page fetches nothing from other hosts."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    file = DocumentChooserBlock(label=_("File (MP4 or WebM)"), required=False)
    captions = DocumentChooserBlock(label=_("Captions (VTT)"), required=False)
    address = blocks.URLBlock(
        label=_("Or its address elsewhere"), required=False, help_text=_("Shown as a link, not played here.")
    )
    words = blocks.TextBlock(
        label=_("What is said and shown"),
        required=False,
        help_text=_("For people who do not hear or see it."),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        template = "site/blocks/video.html"

    def clean(self, value: Any) -> Any:
        """A file or an address, one of them."""
        found = super().clean(value)
        if bool(found["file"]) == bool(found["address"]):
            wrong = ValidationError(_now("Give a file or an address, one of them."))
            raise blocks.StructBlockValidationError(block_errors={"address": wrong})
        return found


class EventsBlock(blocks.StructBlock):  # type: ignore[misc]
    """Public events to come."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    most = blocks.IntegerBlock(label=_("At most"), default=5, min_value=1, max_value=20)

    class Meta:
        icon = "date"
        label = _("Events")
        template = "site/blocks/events.html"

    def get_context(self, value: Any, parent_context: Context = None) -> dict[str, Any]:
        """With the events."""
        found: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**found, "events": asking.shown["events"](timezone.now(), most=value["most"])}


class NumberBlock(blocks.StructBlock):  # type: ignore[misc]
    """A public number: its latest value, its chart, and the way to how it is made."""

    number = ChosenBlock(
        label=_("Number"),
        choices=asking.numbers,
        help_text=_("Numbers are made public on the page “Website”."),
    )
    title = blocks.CharBlock(
        label=_("Title in this language"),
        max_length=200,
        required=False,
        help_text=_("Empty: the name of the indicator."),
    )
    unit = blocks.CharBlock(label=_("Unit in this language"), max_length=40, required=False)
    text = blocks.CharBlock(label=_("Words beside it"), max_length=300, required=False)
    has_chart = blocks.BooleanBlock(label=_("With a chart"), default=True, required=False)

    class Meta:
        icon = "order"
        label = _("Number")
        template = "site/blocks/number.html"

    def get_context(self, value: Any, parent_context: Context = None) -> dict[str, Any]:
        """With the number, or without when it is no longer public."""
        found: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        shown = asking.shown["number"](value["number"])
        chart = None
        if shown is not None and value["has_chart"]:
            chart = asking.shown["chart"](shown, value["title"], value["unit"])
        drawn = {"chart": chart, "narrow": asking.shown["narrow"](chart)}
        return {**found, "shown": shown, "figure": shown.figure(value["unit"]) if shown else None, **drawn}


class StoriesBlock(blocks.StructBlock):  # type: ignore[misc]
    """Stories that are public at this moment, the latest first."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    most = blocks.IntegerBlock(label=_("At most"), default=3, min_value=1, max_value=12)

    class Meta:
        icon = "openquote"
        label = _("Stories")
        template = "site/blocks/stories.html"

    def get_context(self, value: Any, parent_context: Context = None) -> dict[str, Any]:
        """With the stories: one whose consent has ended is not among them."""
        found: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**found, "stories": asking.shown["stories"](timezone.localdate(), most=value["most"])}


class PartnersBlock(blocks.StructBlock):  # type: ignore[misc]
    """Partners by name, chosen by hand; one whose partnership is not active is not shown."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    partners = blocks.ListBlock(
        ChosenBlock(label=_("Partner"), choices=asking.partners),
        label=_("Partners"),
        help_text=_("Choose those who agreed to be named."),
    )

    class Meta:
        icon = "group"
        label = _("Partners")
        template = "site/blocks/partners.html"

    def get_context(self, value: Any, parent_context: Context = None) -> dict[str, Any]:
        """With those who are active partners today."""
        found: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**found, "partners": asking.shown["partners"](value["partners"])}


class SignUpBlock(blocks.StructBlock):  # type: ignore[misc]
    """A form to sign up for a purpose that people consent to, confirmed by mail."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    purpose = ChosenBlock(label=_("What for"), choices=asking.purposes)

    class Meta:
        icon = "mail"
        label = _("Sign up")
        template = "site/blocks/sign_up.html"

    def get_context(self, value: Any, parent_context: Context = None) -> dict[str, Any]:
        """With the purpose and its words, or without when it has ended."""
        found: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**found, **asking.shown["sign_up"](value["purpose"])}


class QuestionsBlock(blocks.StructBlock):  # type: ignore[misc]
    """The way to a questionnaire that is open to everybody."""

    questionnaire = ChosenBlock(label=_("Questionnaire"), choices=asking.questionnaires)
    text = blocks.CharBlock(label=_("Words beside it"), max_length=300, required=False)

    class Meta:
        icon = "form"
        label = _("Questionnaire")
        template = "site/blocks/questions.html"

    def get_context(self, value: Any, parent_context: Context = None) -> dict[str, Any]:
        """With the questionnaire, or without when it takes no answers."""
        found: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**found, "asked": asking.shown["questionnaire"](value["questionnaire"])}


class InvolvedBlock(blocks.StructBlock):  # type: ignore[misc]
    """Three ways to get involved: as volunteer, as partner, as leader."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.CharBlock(label=_("Words below it"), max_length=300, required=False)

    class Meta:
        icon = "user"
        label = _("Get involved")
        template = "site/blocks/involved.html"


class Body(blocks.StreamBlock):  # type: ignore[misc]
    """Everything a page is made of."""

    text = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", template="site/blocks/text.html")
    picture = PictureBlock()
    video = VideoBlock()
    events = EventsBlock()
    number = NumberBlock()
    stories = StoriesBlock()
    partners = PartnersBlock()
    sign_up = SignUpBlock()
    questions = QuestionsBlock()
    involved = InvolvedBlock()
