"""Revisions, experiments, reviews and lessons for programs."""

from barnraise.plumbing.ui import rest

from . import experiments, reviews, revisions

router = rest.router(tags=["Adaptation"])
router.add_router("", revisions.router)
router.add_router("", experiments.router)
router.add_router("", reviews.router)

__all__ = ["router"]
