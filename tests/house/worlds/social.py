"""Posts of the small world: a message, one variant that stands in a network, an account."""

from __future__ import annotations

from typing import Any

from .finding import named

ORDER = 60
EXAMPLES = {
    "social:uuid": named("social.Message", "uuid", name="World message"),
    "social:key": named("social.Message", "pk", name="World message"),
    "social:remove_reach:uuid": named("social.Reach", "uuid", variant__message__name="World message"),
    "social:account_by_key:key": named("social.SocialAccount", "pk", name="World account"),
    "social:variant_by_key:key": named("social.Variant", "pk", message__name="World message", network="x"),
    **{
        f"social:{name}:uuid": named("social.SocialAccount", "uuid", name="World account")
        for name in ("account", "change_account", "connect", "end_account")
    },
    **{
        f"social:{name}:uuid": named("social.Variant", "uuid", message__name="World message", network="x")
        for name in (
            "variant", "change_variant", "approve", "unapprove", "post", "by_hand", "take_down", "reach",
        )
    },
}  # fmt: skip


def build(people: dict[str, Any]) -> None:
    """A message; X has it."""
    from barnraise.what.social.models import Variant
    from barnraise.what.social.services import add_account, approve, make_message, note_reach, post_by_hand

    alice = people["alice"]
    made = make_message(by=alice, name="World message", text="Hello, world.", language="en")
    row = Variant.objects.get(message=made, network="x")
    post_by_hand(approve(row, by=alice), by=alice, address="https://x.example/1")
    note_reach(row, by=alice, reached=12)
    approve(Variant.objects.get(message=made, network="bluesky"), by=alice)
    add_account(by=alice, network="facebook", name="World account")
