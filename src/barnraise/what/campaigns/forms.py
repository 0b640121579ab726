"""Forms of campaigns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.forms import Form, Group, prepare
from barnraise.plumbing.ui.picking import offer
from barnraise.who.audiences import selectors as audiences
from barnraise.who.audiences.models import Audience
from barnraise.who.consent import selectors as consents
from barnraise.who.consent.models.purpose import Channel

from .drawing import is_worded
from .facing import occasion_choices
from .models import Campaign
from .selectors import citable
from .sockets import Block, blocks

NONE = ("", "–")


class CampaignForm(Form):
    """Everything but the blocks."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=Campaign.Kind.choices, widget=forms.RadioSelect, initial="newsletter"
    )
    name = forms.CharField(label=_("Name, for the team"), max_length=120)
    subject = forms.CharField(
        label=_("Subject"),
        max_length=200,
        required=False,
        help_text=_("Phones show about 40 letters. {{given_name}} becomes the reader's name."),
    )
    preview = forms.CharField(
        label=_("Preview line"),
        max_length=200,
        required=False,
        help_text=_("What mail programs show beside the subject."),
    )
    language = forms.ChoiceField(label=_("Language"))
    audience = forms.ModelChoiceField(
        Audience.objects.none(), label=_("Audience"), required=False, empty_label="–"
    )
    purpose = forms.ChoiceField(
        label=_("Purpose"),
        required=False,
        help_text=_("Only who agreed to it gets it. Whoever unsubscribes withdraws it."),
    )
    reply_to = forms.EmailField(label=_("Answers go to"), required=False, max_length=254)
    cites = forms.ChoiceField(
        label=_("Serves"), required=False, help_text=_("The goal or project it is written for.")
    )
    occasion = forms.ChoiceField(label=_("Invites to"), required=False)
    groups = (
        Group(_("To whom"), ("audience", "purpose", "reply_to"), text=_("It goes to those of the audience who agreed to it, and to nobody else.")),
        Group(_("What for"), ("cites", "occasion")),
    )  # fmt: skip

    def __init__(self, *args: Any, campaign: Campaign | None = None, **kwargs: Any) -> None:
        if campaign is not None:
            names = ("kind", "name", "subject", "preview", "language", "reply_to", "cites", "occasion")
            kwargs["initial"] = {name: getattr(campaign, name) for name in names} | {
                "audience": campaign.audience_id,
                "purpose": str(campaign.purpose_id or ""),
            }
        super().__init__(*args, **kwargs)
        offer(self, "audience", audiences.live(), folded="name_folded")
        self._purposes = {
            str(row.pk): row for row in consents.live_purposes() if Channel.EMAIL in row.channels
        }
        self._offer("purpose", [(key, AsWritten(row.name)) for key, row in self._purposes.items()])
        self._offer("cites", _with(citable(), campaign.cites if campaign else ""))
        self._offer("occasion", _with(occasion_choices(), campaign.occasion if campaign else ""))
        language: Any = self.fields["language"]
        language.choices = [(code, AsWritten(name)) for code, name in settings.LANGUAGES]
        prepare(self)

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = [NONE, *choices]

    def values(self) -> dict[str, Any]:
        """Arguments of the services."""
        clean = dict(self.cleaned_data)
        clean["purpose"] = self._purposes.get(clean["purpose"])
        return clean


def _with(choices: list[tuple[str, str]], chosen: str) -> list[tuple[str, Any]]:
    """The choices as written, with what is chosen now among them."""
    found: list[tuple[str, Any]] = [(value, AsWritten(title)) for value, title in choices]
    if chosen and chosen not in dict(found):
        found.append((chosen, AsWritten(chosen)))
    return found


class BlockForm(Form):
    """What a block says; its fields are those of its kind."""

    def __init__(self, block: Block, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in block.fields:
            self.fields[field.name] = _field(field)
        prepare(self)


def _field(field: Any) -> forms.Field:
    common = {"label": field.label, "required": field.is_required, "help_text": field.help_text}
    if field.kind == "choice":
        return forms.ChoiceField(choices=[NONE, *field.options()], **common)
    if field.kind == "picture":
        return forms.FileField(widget=forms.FileInput(attrs={"accept": "image/*"}), **common)
    if field.kind == "text":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 10}), max_length=20_000, **common)
    return forms.CharField(max_length=1000, **common)


class TranslationForm(Form):
    """The words of a campaign in a further language; below each field stand those of its own."""

    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)
    preview = forms.CharField(label=_("Preview line"), max_length=200, required=False)

    def __init__(self, *args: Any, campaign: Campaign, language: str, **kwargs: Any) -> None:
        there = campaign.texts.get(language, {})
        initial = {"subject": there.get("subject", ""), "preview": there.get("preview", "")}
        self.places: list[tuple[int, str]] = []
        extra: dict[str, forms.Field] = {}
        for at, one in enumerate(campaign.blocks):
            block = blocks.find(one["kind"])
            if block is None:
                continue
            for field in block.fields:
                if is_worded(field) and one.get(field.name):
                    self.places.append((at, field.name))
                    extra[f"block-{at}-{field.name}"] = _words(
                        field, f"{at + 1}. {block.label}", one[field.name]
                    )
                    initial[f"block-{at}-{field.name}"] = one.get(f"{field.name}.{language}", "")
        super().__init__(*args, initial=initial, **kwargs)
        self.fields.update(extra)
        self.fields["subject"].help_text = AsWritten(campaign.subject)
        self.fields["preview"].help_text = AsWritten(campaign.preview)
        self.many = len(campaign.blocks)
        prepare(self)

    def values(self) -> dict[str, Any]:
        """Arguments of the service."""
        said: list[dict[str, str]] = [{} for _at in range(self.many)]
        for at, name in self.places:
            said[at][name] = self.cleaned_data[f"block-{at}-{name}"]
        return {
            "subject": self.cleaned_data["subject"],
            "preview": self.cleaned_data["preview"],
            "blocks": said,
        }


def _words(field: Any, label: str, said: str) -> forms.Field:
    widget: Any = forms.Textarea(attrs={"rows": 8}) if field.kind == "text" else forms.TextInput()
    return forms.CharField(
        label=f"{label}: {field.label}",
        required=False,
        help_text=AsWritten(said),
        widget=widget,
        max_length=20_000 if field.kind == "text" else 1000,
    )


class SendForm(Form):
    """When it goes."""

    send_at = forms.DateTimeField(label=_("Goes out"), required=False, help_text=_("Empty: at once."))
