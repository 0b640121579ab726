"""Named reads of interactions, next steps and who has gone quiet."""

from .feeds import address_of, feed_of, feed_owner
from .filing import (
    account_by_sender,
    account_of,
    filing_address_of,
    is_filing_address,
    mail_domain,
    written_address,
)
from .kinds import FEED_KIND, KIND, PROPOSAL, STEP, proposal_titles, step_titles, titles
from .people_around import choices_of_organisation, organisations_of, team, teammates
from .proposals import one_proposal, proposals_listed, waiting_count
from .quiet import gone_quiet, last_contact
from .rows import (
    TakingPart,
    documents,
    listed,
    one,
    one_by_key,
    one_row,
    snapshot,
    taking_part,
)
from .steps import (
    late_count,
    of_calendar,
    one_step,
    one_step_by_key,
    open_steps_of,
    own_steps,
    stamp_of_calendar,
    step_snapshot,
    steps_listed,
)
from .strands import Talk, done_steps, mails_to, place_of, talks, told_of
from .whole import every_step_about, everything_with, history_counts, with_a_history

__all__ = [
    "account_by_sender",
    "account_of",
    "filing_address_of",
    "is_filing_address",
    "mail_domain",
    "written_address",
    "FEED_KIND",
    "KIND",
    "PROPOSAL",
    "STEP",
    "TakingPart",
    "Talk",
    "address_of",
    "choices_of_organisation",
    "documents",
    "done_steps",
    "every_step_about",
    "everything_with",
    "feed_of",
    "feed_owner",
    "gone_quiet",
    "last_contact",
    "history_counts",
    "late_count",
    "listed",
    "of_calendar",
    "stamp_of_calendar",
    "one",
    "one_by_key",
    "one_proposal",
    "one_row",
    "one_step",
    "one_step_by_key",
    "open_steps_of",
    "organisations_of",
    "own_steps",
    "place_of",
    "proposal_titles",
    "proposals_listed",
    "snapshot",
    "step_snapshot",
    "step_titles",
    "steps_listed",
    "taking_part",
    "talks",
    "team",
    "teammates",
    "titles",
    "mails_to",
    "told_of",
    "waiting_count",
    "with_a_history",
]
