"""The API outside of the portal is closed to partners, whatever is asked."""

from __future__ import annotations

from django.utils import timezone

from barnraise.doors.api.server import api
from barnraise.plumbing.accounts.services import add_token
from barnraise.plumbing.jobs.models import Job
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import add_role, register_person

OPEN_TO_PARTNERS = {
    "/jobs/{uuidstr:id}": "whoever started a job; any other is not there",
    "/jobs/{uuidstr:id}/cancel": "whoever started a job; any other is not there",
    "/tokens": "everybody's own",
    "/tokens/{uuid}": "everybody's own",
    "/search": "finds what the reader may see",
}
"""Addresses outside of the portal that let a partner in, and whom or what they answer."""


def test_in_the_rest_of_the_api_a_partner_may_do_nothing(asks, petra, client, pantry, alice):
    """Every operation outside of the portal refuses a partner before it looks at what is asked."""
    person = register_person(PersonDocument(given_name="Petra", account=petra.pk), by=alice)
    add_role(person, organisation=pantry, by=alice)
    send = asks(petra)
    assert send("GET", "/portal/record")[0] == 200
    foreign = [
        (path, operation)
        for _, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        if not path.startswith("/portal/")
    ]
    let_in = {path for path, operation in foreign if operation.view_func.policy(petra, None)}
    assert let_in == OPEN_TO_PARTNERS.keys()
    lists = [path for path, operation in foreign if "GET" in operation.methods and "{" not in path]
    assert {"/people", "/organisations"} <= set(lists)
    answered = {path: send("GET", path)[0] for path in lists if path not in let_in}
    assert {path for path, status in answered.items() if status != 403} == set()
    job = Job.objects.create(
        handler="indicators.compute", title="Count", by=alice, enqueued_at=timezone.now()
    )
    assert [send("GET", f"/jobs/{job.uuid}")[0], send("POST", f"/jobs/{job.uuid}/cancel")[0]] == [404, 404]
    assert "Oak Hill Pantry" not in str(send("GET", "/search?q=pantry")[1]), "found by the team alone"
    _token, secret = add_token(account=petra, scope="read", name="reads", by=petra)
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/portal/record", headers=headers).status_code == 200
    assert (
        client.post("/api/v1/portal/corrections", "{}", "application/json", headers=headers).status_code
        == 403
    )
