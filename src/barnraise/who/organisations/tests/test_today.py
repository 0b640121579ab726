"""Today says who is here."""

from __future__ import annotations

from tests.today import whole_today


def test_of_nobody_today_says_nothing(alice, logged_in):
    assert "Who is here" not in logged_in(alice).get("/").content.decode()


def test_today_counts_organisations_and_communities_and_names_the_newest(sample_town, alice, logged_in):
    page = whole_today(logged_in(alice))
    assert "Who is here" in page
    assert ">60<" in page.replace("\n", "")
    assert page.count('href="/who/organisations/') >= 6


def test_a_partner_does_not_see_who_is_here(sample_town, petra, logged_in):
    assert "Who is here" not in whole_today(logged_in(petra))
