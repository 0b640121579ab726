"""Meetings and their series for programs."""

from barnraise.plumbing.ui import rest

from . import meetings, series

router = rest.router(tags=["Meetings"])
router.add_router("", series.router)
router.add_router("", meetings.router)

__all__ = ["router"]
