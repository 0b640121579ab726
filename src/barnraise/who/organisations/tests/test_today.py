"""Today says who is here."""

from __future__ import annotations

from barnraise.config.sample_town import change_whole_town


def test_today_counts_organisations_and_communities_and_names_the_newest(alice, logged_in):
    page = logged_in(alice).get("/").content.decode()
    assert "Who is here" not in page
    change_whole_town("add")
    page = logged_in(alice).get("/").content.decode()
    assert "Who is here" in page
    assert ">60<" in page.replace("\n", "")
    assert page.count('href="/who/organisations/') >= 6


def test_a_partner_does_not_see_who_is_here(petra, logged_in):
    change_whole_town("add")
    assert "Who is here" not in logged_in(petra).get("/").content.decode()
