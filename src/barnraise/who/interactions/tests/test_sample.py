"""Two years of the sample town's interactions."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from barnraise.config.sample_town import change_whole_town
from barnraise.who.interactions.documents import InteractionDocument
from barnraise.who.interactions.faults import faults
from barnraise.who.interactions.models import Heard, Interaction, MailProposal, NextStep
from barnraise.who.interactions.selectors import documents
from barnraise.who.interactions.services import log_interaction
from barnraise.who.organisations.models import Organisation


def test_it_brings_two_years_and_goes_again(sample_town, bob):
    counts = sample_town.counts
    assert (counts["interactions"], counts["next steps"]) == (1500, 250)
    now = timezone.now()
    kinds = dict(Interaction.objects.values_list("kind").annotate(n=Count("pk")))
    assert set(kinds) == {"note", "call", "visit", "mail", "talk"}
    assert kinds["mail"] > 200
    assert not Interaction.objects.filter(happened_at__gt=now).exists()
    assert Interaction.objects.filter(happened_at__lt=now - timedelta(days=600)).count() > 100
    assert NextStep.objects.filter(done_at=None).count() > 10
    assert NextStep.objects.filter(done_at=None, due_on__lt=timezone.localdate()).exists()
    assert Interaction.objects.filter(visibility="coordinators").count() > 20
    assert MailProposal.objects.filter(state="waiting").count() == 3
    said = documents(Interaction.objects.values_list("pk", flat=True)[:400]).values()
    assert not any(faults(one, now=now) for one in said)
    assert isinstance(next(iter(said)), InteractionDocument)
    assert change_whole_town("add")["interactions"] == 0
    library = Organisation.objects.filter(is_own=False).order_by("pk")[0]
    real = log_interaction(by=bob, text="Real", organisations=[library])
    change_whole_town("remove")
    assert [row.pk for row in Interaction.objects.all()] == [real.pk]
    assert NextStep.objects.count() == 0
    assert Heard.objects.get().count == 1
