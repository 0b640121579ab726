"""Valuations, their outcomes and the register of assumptions for programs."""

from barnraise.plumbing.ui import rest

from . import outcomes, valuations

router = rest.router(tags=["Cost and value"])
router.add_router("", valuations.router)
router.add_router("", outcomes.router)

__all__ = ["router"]
