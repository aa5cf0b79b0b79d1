"""How many open answers stand under each theme, as far as that may be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count

from polls.disclosure.shapes import ThemeCount
from polls.models import Consultation, OpenAnswer, Theme

NEARLY_ALL = 95


def theme_counts(consultation: Consultation) -> tuple[ThemeCount, ...]:
    """The confirmed themes of ``consultation``, in their order within each question; two queries.

    A theme of fewer texts than the total threshold is told as "fewer" than that only. How many
    texts stand under no theme is not told, so that it does not follow by subtraction; where every
    text may stand under one theme, a second theme is told as little. Where the whole electorate
    took part and nearly all texts stand under one theme, only that is told.
    """
    themes = Theme.objects.filter(consultation=consultation, is_suggested=False)
    rows = list(themes.annotate(size=Count("answers")).order_by("question", "position", "pk"))
    if not rows:
        return ()
    texts = dict(
        OpenAnswer.objects.filter(consultation=consultation)
        .order_by()
        .values_list("question")
        .annotate(written=Count("pk"))
    )
    by_question: dict[str, list[Theme]] = defaultdict(list)
    for row in rows:
        by_question[row.question].append(row)
    everyone = consultation.counted >= consultation.electorate_size
    found: list[ThemeCount] = []
    for question, own in by_question.items():
        written = texts.get(question, 0)
        told = told_sizes(
            [theme.size for theme in own],  # type: ignore[attr-defined]
            written,
            consultation.total_threshold,
            everyone_answered=everyone,
        )
        found += [
            ThemeCount(
                question, theme.name, theme.description, count, bound, written, theme.key.hex
            )
            for theme, (count, bound) in zip(own, told, strict=True)
        ]
    return tuple(found)


def told_sizes(
    sizes: Sequence[int], texts: int, threshold: int, *, everyone_answered: bool
) -> list[tuple[int | None, str]]:
    """For each theme of one question its count, or None and the bound that is told instead.

    An empty theme is told as 0: that nobody said something points at nobody. Fewer texts than
    ``threshold`` in all: nothing is told.
    """
    if texts < threshold:
        return [(None, f"fewer{threshold}") for _size in sizes]
    hidden = {at for at, size in enumerate(sizes) if 0 < size < threshold}
    if len(hidden) == 1 and sum(sizes) == texts:
        others = [at for at, size in enumerate(sizes) if size >= threshold]
        if others:
            hidden.add(min(others, key=lambda at: (sizes[at], at)))
    most = max((size for at, size in enumerate(sizes) if at in hidden), default=0)
    told: list[tuple[int | None, str]] = []
    for at, size in enumerate(sizes):
        if at in hidden:
            told.append((None, f"fewer{max(threshold, most + 1)}"))
        elif everyone_answered and size * 100 > NEARLY_ALL * texts:
            told.append((None, f"over{NEARLY_ALL}"))
        else:
            told.append((size, ""))
    return told
