"""How much is logged is as the operator set it, for Django's own loggers too."""

from __future__ import annotations

import logging

from django.conf import settings


def test_requests_that_are_refused_are_logged_from_the_level_that_was_set_on() -> None:
    assert settings.ENVIRONMENT.log_level == "WARNING"  # as conftest sets it
    of_requests = logging.getLogger("django.request")
    assert not of_requests.isEnabledFor(logging.INFO)
    assert of_requests.isEnabledFor(logging.WARNING)
    assert logging.getLogger("django").handlers == []  # what the root writes down is written once
