"""Interactions, next steps, mails and unknown addresses for programs."""

from barnraise.plumbing.ui import rest

from . import mails, steps, talks

router = rest.router(tags=["Interactions"])
router.add_router("", talks.router)
router.add_router("", steps.router)
router.add_router("", mails.router)

__all__ = ["router"]
