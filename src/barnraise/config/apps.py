from django.apps import AppConfig
from django.db.backends.signals import connection_created


class WiringConfig(AppConfig):
    """Comes last: when it is ready, every room is, and they plug in."""

    name = "barnraise.config"
    label = "wiring"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers them
        from .databases import plan_briefly
        from .features import plug_all

        connection_created.connect(plan_briefly, dispatch_uid="barnraise.plan_briefly")
        plug_all()
