"""A moment in words that cannot be misread: weekday, date, clock time, and how far off."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def in_words(at: datetime, now: datetime) -> str:
    """``maandag 23 november 2026 om 09.00 uur (over 3 dagen)``, in the portal's time zone."""
    local = timezone.localtime(at)
    days = (local.date() - timezone.localdate(now)).days
    if days == 0:
        distance = _("today")
    elif days == 1:
        distance = _("tomorrow")
    else:
        distance = ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
    return _("%(day)s at %(time)s (%(distance)s)") % {
        "day": date_format(local, _("l j F Y")),
        "time": date_format(local, _("g:i a")),
        "distance": distance,
    }
