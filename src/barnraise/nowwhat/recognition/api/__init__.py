"""Thanks, statements, marks and milestones for programs."""

from barnraise.plumbing.ui import rest

from . import marks, thanks

router = rest.router(tags=["Recognition"])
router.add_router("", thanks.router)
router.add_router("", marks.router)

__all__ = ["router"]
