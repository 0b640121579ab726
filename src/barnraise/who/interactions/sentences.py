"""The words of the journal for what is done in this room. None names anybody or says a word of a note."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.plumbing.journal.sockets import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "logged": Sentence(_("{who} noted {what}"), "notes"),
    "changed": Sentence(_("{who} changed {what}"), "pencil"),
    "removed": Sentence(_("{who} removed an interaction"), "trash"),
    "taken_back": Sentence(_("{who} took back an interaction noted a moment before"), "arrow-back-up"),
    "step_added": Sentence(_("{who} noted the next step {what}"), "circle-dashed"),
    "step_changed": Sentence(_("{who} changed the next step {what}"), "pencil"),
    "step_moved": Sentence(_("{who} put off {what}"), "calendar-due"),
    "step_done": Sentence(_("{who} has done {what}"), "circle-check"),
    "step_reopened": Sentence(_("{who} opened {what} again"), "arrow-back-up"),
    "step_removed": Sentence(_("{who} removed a next step"), "trash"),
    "community_moved": Sentence(_("{who} moved interactions to the community {what}"), "map-pin"),
    "proposal_nobody": Sentence(_("{who} said that {what} is nobody of ours"), "user-x"),
    "feed_opened": Sentence(_("{who} opened a calendar address"), "calendar-due"),
    "feed_renewed": Sentence(_("{who} made a new calendar address"), "calendar-due"),
    "feed_closed": Sentence(_("{who} took their calendar address away"), "calendar-due"),
    "attachments_refused": Sentence(
        ngettext_lazy(
            "{count} attachment of {what} was not kept",
            "{count} attachments of {what} were not kept",
            "count",
        ),
        "file-alert",
    ),
    "filing_opened": Sentence(_("{who} opened an address to file mails by"), "mail"),
    "filing_renewed": Sentence(_("{who} made a new address to file mails by"), "mail"),
    "filing_closed": Sentence(_("{who} closed the address to file mails by"), "mail"),
    "proposed": Sentence(
        ngettext_lazy(
            "{what} names {count} address that nobody has",
            "{what} names {count} addresses that nobody has",
            "count",
        ),
        "mail",
    ),
    "proposal_linked": Sentence(
        ngettext_lazy(
            "{who} said whose address {what} is, in {count} mail",
            "{who} said whose address {what} is, in {count} mails",
            "count",
        ),
        "user-check",
    ),
    "tagged_many": Sentence(
        ngettext_lazy(
            "{who} changed the tags of {count} interaction",
            "{who} changed the tags of {count} interactions",
            "count",
        ),
        "tag",
    ),
    "restricted_many": Sentence(
        ngettext_lazy(
            "{who} changed who reads {count} interaction",
            "{who} changed who reads {count} interactions",
            "count",
        ),
        "lock",
    ),
    "removed_many": Sentence(
        ngettext_lazy("{who} removed {count} interaction", "{who} removed {count} interactions", "count"),
        "trash",
    ),
    "steps_done": Sentence(
        ngettext_lazy("{who} has done {count} next step", "{who} has done {count} next steps", "count"),
        "circle-check",
    ),
    "steps_moved": Sentence(
        ngettext_lazy("{who} put off {count} next step", "{who} put off {count} next steps", "count"),
        "calendar-due",
    ),
    "steps_assigned": Sentence(
        ngettext_lazy(
            "{who} gave {count} next step to somebody", "{who} gave {count} next steps to somebody", "count"
        ),
        "user-check",
    ),
    "steps_removed": Sentence(
        ngettext_lazy("{who} removed {count} next step", "{who} removed {count} next steps", "count"), "trash"
    ),
    "sample_added": Sentence(
        ngettext_lazy(
            "{who} added {count} interaction of the sample town",
            "{who} added {count} interactions of the sample town",
            "count",
        ),
        "map-2",
    ),
    "sample_removed": Sentence(
        ngettext_lazy(
            "{who} removed {count} interaction of the sample town",
            "{who} removed {count} interactions of the sample town",
            "count",
        ),
        "map-2",
    ),
}
"""By verb."""
