"""People, their roles and standing, and custom fields, for programs."""

from barnraise.plumbing.ui import rest

from . import fields, leaders, people, roles

router = rest.router(tags=["People"])
router.add_router("", people.router)
router.add_router("", roles.router)
router.add_router("", leaders.router)
router.add_router("", fields.router)

__all__ = ["router"]
