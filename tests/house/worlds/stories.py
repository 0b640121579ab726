"""Stories of the small world: one that is public, with a figure, somebody in it and a picture."""

from __future__ import annotations

from typing import Any

from .finding import named

ORDER = 70
EXAMPLES = {
    "stories:uuid": named("stories.Story", "uuid", title="World story"),
    "stories:key": named("stories.Story", "pk", title="World story"),
    "stories:code": lambda: "es",
    "stories:file": named("files.File", "uuid", kind="stories.story"),
    "stories:uncite:uuid": named("stories.StoryFigure", "uuid", story__title="World story"),
    "stories:unname:uuid": named("stories.StoryPerson", "uuid", story__title="World story"),
}


def build(people: dict[str, Any]) -> None:
    """A public story."""
    import io

    from PIL import Image

    from barnraise.foundation.refs import Ref
    from barnraise.nowwhat.stories.services import cite, make_story, name_person, publish_story
    from barnraise.plumbing.files.services import keep
    from barnraise.sowhat.indicators.models import Observation
    from barnraise.who.consent.services import add_purpose, record_consent
    from barnraise.who.people.models import Person

    alice = people["alice"]
    row = make_story(by=alice, title="World story", language="en", text="It was told.")
    person = Person.objects.order_by("pk")[0]
    purpose = add_purpose(
        name="World stories", channels=["public"], texts={"en": "May we?", "es": "¿Podemos?"}, by=alice
    )
    record_consent(person, by=alice, purpose=purpose, channels=["public"], is_given=True, source="paper")
    name_person(row, by=alice, person=person, purpose=purpose, named_as="Rosa")
    cite(row, by=alice, observation=Observation.objects.filter(value__isnull=False).order_by("pk")[0])
    octets = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(octets, "PNG")
    octets.name = "shelf.png"
    keep(octets, by=alice, about=Ref.to(row), alt_text="A shelf")
    publish_story(row, by=alice)
    _gone(alice)


def _gone(by: Any) -> None:
    """A story that was taken back, of which a post still stands in a network."""
    from barnraise.foundation.refs import Ref
    from barnraise.nowwhat.stories.services import end_story, make_story, publish_story
    from barnraise.what.social.models import Variant
    from barnraise.what.social.services import approve, draft_from, post_by_hand

    row = make_story(by=by, title="World story that is gone", language="en", text="It was told once.")
    publish_story(row, by=by)
    message = draft_from(Ref.to(row), by=by, language="en")
    post = Variant.objects.get(message=message, network="x")
    post_by_hand(approve(post, by=by), by=by, address="https://x.example/2")
    end_story(row, by=by, note="They asked us to stop.")
