from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Comes last: when it is ready, every room is, and they plug in."""

    name = "barnraise.config"
    label = "wiring"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers them
        from .features import plug_all

        plug_all()
