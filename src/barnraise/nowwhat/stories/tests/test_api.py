"""Stories for programs."""

from __future__ import annotations

import pytest

from barnraise.nowwhat.stories.models import Story

pytestmark = pytest.mark.django_db


def test_created_changed_filtered_refused_and_ended_by_api(
    asks, ana, telling, bags, agrees, alice, bob, vera
):
    send = asks(bob)
    given = {"title": "A shelf", "language": "en", "text": "We gave {1}.", "owner": "bob@example.org"}
    assert asks(vera)("POST", "/stories", given)[0] == 403
    for wrong, field in (
        ({"title": ""}, "title"),
        ({"language": "xx"}, "language"),
        ({"cites": "people.person:1"}, "cites"),
        ({"owner": "nobody@example.org"}, "owner"),
        ({"summary": 5}, "summary"),
    ):
        status, problem = send("POST", "/stories", {**given, **wrong})
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, field), wrong
    assert not Story.objects.exists()
    status, made = send("POST", "/stories", given)
    assert (status, made["state"], made["is_public"], made["owner"]) == (
        201,
        "draft",
        False,
        "bob@example.org",
    )
    where = f"/stories/{made['id']}"
    assert send("PATCH", where, {"summary": "Never empty", "owner": None})[1]["owner"] is None
    assert (
        send("PUT", f"{where}/texts/es", {"title": "Un estante", "text": "Dimos {1}."})[1]["texts"]["es"][
            "title"
        ]
        == "Un estante"
    )
    assert send("PUT", f"{where}/texts/en", {"title": "x", "text": "x"})[0] == 422
    assert send("POST", f"{where}/figures", {"observation": str(ana.uuid)})[0] == 422
    status, cited = send("POST", f"{where}/figures", {"observation": str(bags.uuid)})
    assert (status, [(one["number"], one["value"], one["words"]) for one in cited["figures"]]) == (
        201,
        [(1, 340.0, "Bags handed out")],
    )
    named = {"person": str(ana.uuid), "purpose": str(telling.uuid), "named_as": "Ana"}
    (person,) = send("POST", f"{where}/people", named)[1]["people"]
    assert (person["agrees"], person["why_not"]) == (False, "unasked")
    assert send("POST", f"{where}/publication")[0] == 403
    lead = asks(alice)
    assert lead("POST", f"{where}/publication")[0] == 422
    agrees(ana)
    status, public = lead("POST", f"{where}/publication")
    assert (status, public["is_public"], public["state"]) == (200, True, "published")
    assert send("GET", "/stories?state=published")[1]["items"] == [public]
    assert send("GET", "/stories?state=draft")[1]["items"] == []
    assert send("GET", "/stories?state=gone")[0] == 422
    assert send("GET", where)[1] == public
    agrees(ana, is_given=False)
    assert send("GET", where)[1]["is_public"] is False
    assert send("DELETE", f"/story-people/{person['id']}")[0] == 204
    status, gone = send("GET", where)
    assert (gone["state"], gone["ended_why"], gone["people"]) == ("ended", "consent", [])
    assert send("POST", f"{where}/end", {"note": "x"})[0] == 422
    assert send("DELETE", f"/story-figures/{cited['figures'][0]['id']}")[0] == 204
    assert send("DELETE", where)[0] == 403
    assert lead("DELETE", where)[0] == 204
    assert not Story.objects.exists()
