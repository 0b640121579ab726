"""Comments, themes and answers to many for programs."""

from barnraise.plumbing.ui import rest

from . import answers, comments, themes

router = rest.router(tags=["Feedback"])
router.add_router("", comments.router)
router.add_router("", themes.router)
router.add_router("", answers.router)

__all__ = ["router"]
