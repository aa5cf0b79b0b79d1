"""The scheduler of repeated tasks, also when the machine's clock is set back.

Celery's own goes by the wall clock: an entry that ran at what was three o'clock waits until it is
three again, so after a clock was set back by hours nothing would be swept or sent for hours.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from celery.beat import PersistentScheduler

MARGIN = timedelta(seconds=1)


class SteadyScheduler(PersistentScheduler):
    """Celery's scheduler, which forgets runs that lie in the future."""

    def tick(self, *arguments: Any, **named: Any) -> Any:
        """One look at what is due; how long to sleep."""
        self.forget_the_future()
        return super().tick(*arguments, **named)

    def forget_the_future(self) -> None:
        """Take what ran later than now as having run now, and put the order of entries anew."""
        set_back = False
        for entry in self.schedule.values():
            now = entry.default_now()
            if entry.last_run_at and entry.last_run_at - now > MARGIN:
                entry.last_run_at = now
                set_back = True
        if set_back:
            self.populate_heap()
