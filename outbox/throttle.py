"""How many mails may go out now: buckets that fill with time, kept in rows.

A bucket holds a tenth of a minute's mails and fills so that no span of sixty seconds, wherever it
starts, sees more than the limit.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from outbox.models import Mailing, Spending, Throttle

ALL = ""
EACH_DOMAIN = "*"


class Allowance:
    """What a claim may take. Holds a lock on the throttles' rows until the transaction ends."""

    def __init__(self, mailing: Mailing | None, clock: Callable[[], datetime]) -> None:
        self.wait = 0.0
        self.limits = dict(Throttle.objects.values_list("domain", "per_minute"))
        self.mailing = mailing if mailing and mailing.per_minute else None
        self.tokens: dict[str, float] = {}
        self.taken: Counter[str] = Counter()
        if self.unlimited:
            return
        now = self.now = clock()
        # Claims under a throttle queue on this row, so two of them never spend one token.
        Spending.objects.get_or_create(subject=ALL, defaults={"tokens": 1e9, "counted_at": now})
        Spending.objects.select_for_update().get(subject=ALL)
        for spending in Spending.objects.all():
            if spending.counted_at > now:  # the clock was set back: fill from here on
                spending.counted_at = now
                spending.save(update_fields=["counted_at"])
            limit = self.limit_of(spending.subject)
            if limit is not None:
                self.tokens[spending.subject] = refilled(spending, limit, now)

    @property
    def unlimited(self) -> bool:
        """Whether no throttle applies at all."""
        return not self.limits and self.mailing is None

    def limit_of(self, subject: str) -> int | None:
        """Mails a minute for one bucket, or None where nothing limits it."""
        if subject.startswith("@"):
            return self.limits.get(subject[1:], self.limits.get(EACH_DOMAIN))
        if subject.startswith("#"):
            ours = self.mailing is not None and subject == f"#{self.mailing.pk}"
            return self.mailing.per_minute if ours and self.mailing else None
        return self.limits.get(ALL)

    @property
    def exhausted_domains(self) -> list[str]:
        """Receiving domains that get nothing now, to leave out of the claim."""
        return [
            subject[1:]
            for subject, tokens in self.tokens.items()
            if subject.startswith("@") and tokens < 1
        ]

    def take(self, domains: Iterable[str]) -> list[bool]:
        """Of mails to these domains, in order, which may go."""
        verdicts = []
        for domain in domains:
            subjects = [ALL, f"@{domain}"]
            if self.mailing:
                subjects.append(f"#{self.mailing.pk}")
            bounded = [subject for subject in subjects if self.limit_of(subject) is not None]
            left = [self.left(subject) for subject in bounded]
            allowed = all(tokens >= 1 for tokens in left)
            if allowed:
                self.taken.update(bounded)
            else:
                self.wait = max(
                    self.wait,
                    *(
                        (1 - tokens) / rate(self.limit_of(subject) or 1)
                        for subject, tokens in zip(bounded, left, strict=True)
                        if tokens < 1
                    ),
                )
            verdicts.append(allowed)
        return verdicts

    def left(self, subject: str) -> float:
        """Tokens of a bucket after what was taken here; a bucket nobody used yet is full."""
        full = float(capacity(self.limit_of(subject) or 1))
        return self.tokens.get(subject, full) - self.taken[subject]

    def keep(self) -> None:
        """Write what was taken."""
        if self.unlimited:
            return
        Spending.objects.bulk_create(
            [
                Spending(subject=subject, tokens=self.left(subject), counted_at=self.now)
                for subject in sorted(self.taken)
            ],
            update_conflicts=True,
            unique_fields=["subject"],
            update_fields=["tokens", "counted_at"],
        )


def capacity(per_minute: int) -> int:
    """Mails that may go at once."""
    return max(1, per_minute // 10)


def rate(per_minute: int) -> float:
    """Mails a second by which a bucket fills: with its capacity, never above the limit a minute."""
    return max(per_minute - capacity(per_minute) + 1, 0.001) / 60


def refilled(spending: Spending, per_minute: int, now: datetime) -> float:
    """Tokens in a bucket now."""
    elapsed = (now - spending.counted_at) / timedelta(seconds=1)
    return min(spending.tokens + elapsed * rate(per_minute), float(capacity(per_minute)))
