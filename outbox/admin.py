"""Configuration only: how fast mail may go. Mail itself is not read here."""

from django.contrib import admin

from outbox.models import Throttle


@admin.register(Throttle)
class ThrottleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Limits a minute, in all and per receiving domain."""

    list_display = ["domain", "per_minute"]
