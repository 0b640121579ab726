"""Forms of messages, variants, accounts and reach."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten, squeeze
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.forms import Form

from . import facing, selectors
from .models import Message, SocialAccount, Variant
from .sockets import networks


def _networks() -> list[tuple[str, Any]]:
    return [(name, AsWritten(title)) for name, title in facing.choices()]


class _Said(Form):
    """What write and change share."""

    name = forms.CharField(label=_("Name, for the team"), max_length=120)
    text = forms.CharField(
        label=_("What to say"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Each network gets a variant of it, which you can shorten there."),
    )  # fmt: skip
    link = forms.CharField(label=_("Leads to"), required=False, max_length=500, help_text=_("A web address."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    cites = forms.CharField(
        label=_("What it serves"),
        required=False,
        max_length=300,
        help_text=_("The name of a project, an event, a goal or an objective."),
    )
    owner = forms.ChoiceField(label=_("Who sees to it"), required=False)

    def __init__(self, *args: Any, actor: Any, message: Message | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"language": installation().default_language, "owner": str(actor.pk)}
        if message is not None:
            initial = {name: getattr(message, name) for name in ("name", "text", "link", "language")}
            initial["owner"] = str(message.owner_id or "")
            initial["cites"] = search.cited_title(message.cites) if message.cites else ""
        kwargs["initial"] = {**initial, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.actor, self.kept_cites = actor, message.cites if message is not None else ""
        self.accounts = {str(one.pk): one for one in selectors.owners()}
        if message is not None and message.owner is not None:
            self.accounts.setdefault(str(message.owner_id), message.owner)
        field: Any = self.fields["owner"]
        named = [(key, AsWritten(str(one))) for key, one in self.accounts.items()]
        field.choices = [("", _("Nobody yet")), *named]

    def clean_cites(self) -> str:
        """The typed reference of what it serves."""
        text = squeeze(self.cleaned_data["cites"])
        if self.kept_cites and text == search.cited_title(self.kept_cites):
            return self.kept_cites
        return search.cited(text, actor=self.actor, kinds=selectors.CITED)

    def values(self) -> dict[str, Any]:
        """Arguments of the services."""
        clean = self.cleaned_data
        names = ("name", "text", "link", "language", "cites")
        return {**{name: clean[name] for name in names}, "owner": self.accounts.get(clean["owner"])}


class MakeForm(_Said):
    """A new message, and the networks that get it."""

    networks = forms.MultipleChoiceField(
        label=_("Networks"), widget=forms.CheckboxSelectMultiple, choices=_networks
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("networks", [name for name, _network in networks.items()])

    def values(self) -> dict[str, Any]:
        """Arguments of `make_message`."""
        return {**super().values(), "networks_wanted": self.cleaned_data["networks"]}


class ChangeForm(_Said):
    """What a message says. Drafts that said the same follow."""


class VariantForm(Form):
    """The words for one network, and under whose name they stand."""

    text = forms.CharField(label=_("Text"), max_length=70000, widget=forms.Textarea(attrs={"rows": 8}))
    account = forms.ChoiceField(label=_("Account"), required=False)

    def __init__(self, *args: Any, variant: Variant, **kwargs: Any) -> None:
        kwargs["initial"] = {"text": variant.text, "account": str(variant.account_id or "")}
        super().__init__(*args, **kwargs)
        self.accounts = {str(one.pk): one for one in selectors.accounts_for(variant.network)}
        field: Any = self.fields["account"]
        named = [(key, AsWritten(one.name)) for key, one in self.accounts.items()]
        field.choices = [("", _("None: it is posted by hand")), *named]

    def values(self) -> dict[str, Any]:
        """Arguments of `change_variant`."""
        clean = self.cleaned_data
        return {"text": clean["text"], "account": self.accounts.get(clean["account"])}


class HandForm(Form):
    """The address of what was posted by hand."""

    address = forms.CharField(
        label=_("Address of the post"),
        max_length=500,
        help_text=_("Open the post in the network and copy its address from the browser."),
    )


class ReachForm(Form):
    """What the network says a post reached."""

    on = forms.DateField(label=_("Until the day"))
    reached = forms.IntegerField(label=_("People reached"), min_value=0)
    engaged = forms.IntegerField(label=_("Reactions, comments, shares"), min_value=0, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": timezone.localdate()})
        super().__init__(*args, **kwargs)


class AccountForm(Form):
    """An account of ours."""

    network = forms.ChoiceField(label=_("Network"), choices=_networks)
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As the team calls it."))
    address = forms.CharField(
        label=_("Public address"), required=False, max_length=300, help_text=_("Where everybody finds it.")
    )
    server = forms.CharField(
        label=_("Server"),
        required=False,
        max_length=200,
        help_text=_("Only for Mastodon: the address of its server, like https://mastodon.example."),
    )

    def __init__(self, *args: Any, account: SocialAccount | None = None, **kwargs: Any) -> None:
        if account is not None:
            kwargs["initial"] = {name: getattr(account, name) for name in ("name", "address", "server")}
        super().__init__(*args, **kwargs)
        if account is not None:
            del self.fields["network"]


class SecretForm(Form):
    """The token of an account; it is never shown again."""

    secret = forms.CharField(
        label=_("Token"),
        max_length=2000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "In Mastodon: Preferences, Development, New application, with the scopes read:accounts and write:statuses; "
            "then copy “Your access token”."
        ),
    )
