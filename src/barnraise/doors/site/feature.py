"""What the website plugs into the house."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.accounts.sockets import roles
from barnraise.plumbing.journal.sockets import Sentence, sentences
from barnraise.plumbing.links.selectors import CITED
from barnraise.plumbing.links.sockets import Purpose, purposes
from barnraise.plumbing.ui import sockets as ui
from barnraise.what.projects.sockets import channels

from . import asking, choosing, finding, public, selectors, services, showing, surround
from .policies import may_edit, may_publish_numbers, may_see
from .reaching import CHANNEL
from .services.sign_up import LINK, offers

asking.choices |= {
    "numbers": choosing.numbers,
    "partners": choosing.partners,
    "purposes": choosing.purposes,
    "questionnaires": choosing.questionnaires,
}
asking.shown |= {
    "events": showing.events,
    "number": showing.number,
    "chart": showing.chart,
    "narrow": showing.narrow,
    "partners": showing.partners,
    "stories": showing.stories,
    "sign_up": showing.sign_up,
    "questionnaire": showing.questionnaire,
}
roles.plug("site", services.follow_role)
ui.robots.plug("site", public.robots)
ui.surroundings.plug("site", surround.surround)
for verb, text, icon in (
    ("begun", _("{who} began the website"), "world"),
    ("opened", _("{who} opened the website"), "world"),
    ("closed", _("{who} closed the website"), "x"),
    ("page_changed", _("{who} changed the page {what} of the website"), "pencil"),
    ("page_published", _("{who} published the page {what} of the website"), "world"),
    ("page_withdrawn", _("{who} took the page {what} off the website"), "x"),
    ("number_published", _("{who} made the number {what} public"), "chart-line"),
    ("number_changed", _("{who} changed what the public number {what} says"), "pencil"),
    ("number_withdrawn", _("{who} took the number {what} off the website"), "x"),
    ("sample_added", _("{who} made the website of the sample town"), "map-2"),
    ("sample_removed", _("{who} removed the website of the sample town"), "map-2"),
):
    sentences.plug(f"site.{verb}", Sentence(text, icon=icon))
ui.navigation.plug(
    "site", ui.NavigationItem(_("Website"), "site:overview", "nowwhat", may_edit, icon="world"), order=50
)
ui.actions.plug(
    "site.edit",
    ui.Action(_("Edit the website"), "site:overview", may_edit, "world", _("page news site wagtail publish")),
)
ui.actions.plug(
    "site.add_number",
    ui.Action(
        _("Make a number public"),
        "site:add_number",
        may_publish_numbers,
        "chart-line",
        _("indicator website"),
    ),
)


def _address(key: int) -> str:
    return f"{reverse('site:overview')}#number-{key}"


ui.kinds.plug(
    selectors.NUMBER,
    ui.Described(_("public number"), selectors.number_titles, _address, may_edit, icon="world"),
)
finding.plug()
ui.threads.plug(
    "goals.indicator@site",
    ui.Thread(
        downstream=lambda ref: [Ref("site", "publicnumber", key) for key in selectors.numbers_of(ref.id)]
    ),
)
ui.threads.plug(selectors.NUMBER, ui.Thread(upstream=lambda ref: selectors.behind(ref.id)))
ui.kinds.plug(
    selectors.VISITS,
    ui.Described(
        _("visits of a page"), selectors.visit_titles, selectors.visits_address, may_see, icon="world"
    ),
)
ui.threads.plug(selectors.VISITS, ui.Thread(upstream=selectors.visited))
for _kind in selectors.PAGES:
    ui.threads.plug(_kind, ui.Thread(upstream=selectors.cited))
for _kind in CITED:
    ui.threads.plug(f"{_kind}@site", ui.Thread(downstream=selectors.citing))
channels.plug("site", CHANNEL, order=50)
purposes.plug(
    LINK,
    Purpose(
        title=_("Confirm that you sign up"),
        text=_("With this button you agree to what is written below. You can stop at any time."),
        button=_("Sign up"),
        act=services.confirm,
        done=_("Thank you. You are signed up."),
        template="site/confirm.html",
        select=offers,
    ),
)
ui.sample.plug("site", ui.SamplePart(services.load_sample, services.remove_sample), order=97)
