"""Organisations, and what they give and seek, for programs."""

from barnraise.plumbing.ui import rest

from . import exchanges, fit, offered, organisations, rights

router = rest.router(tags=["Organisations"])
router.add_router("", organisations.router)
router.add_router("", exchanges.router)
router.add_router("", fit.router)
router.add_router("", offered.router)
router.add_router("", rights.router)

__all__ = ["router"]
