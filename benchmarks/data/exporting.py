"""Exports of single answers under names, timed beside the bare tools, in one process."""

import io
import resource
import tempfile
import time
from collections.abc import Callable

import xlsxwriter
from django.db import connection

from polls.models import Consultation
from polls.named.files import as_csv, as_xlsx
from polls.questions.loading import schema_of

CELLS = ", ".join(f"b.answers ->> 'q{number}'" for number in range(1, 21))
SAME_CELLS = f"""
COPY (
    SELECT concat_ws(' ', p.given_name, p.family_name), u.name, {CELLS}
    FROM polls_namedballot b JOIN people_person p ON p.id = b.person_id
    LEFT JOIN people_unit u ON u.id = p.unit_id
    JOIN polls_consultation c ON c.id = b.consultation_id
    WHERE c.key = '{{key}}' ORDER BY p.family_name, p.given_name, b.id
) TO STDOUT (FORMAT csv, DELIMITER ';')
"""


def time_csv(key: str, rounds: int) -> list[list[float]]:
    """Seconds of the CSV, and of one ``COPY TO`` of the same cells from the same tables, by
    turns."""
    return [
        [_time(lambda: write_csv(key)), _time(lambda: _copy(SAME_CELLS.format(key=key)))]
        for _ in range(rounds)
    ]


def time_flat(table: str, rounds: int) -> list[float]:
    """Seconds of ``COPY TO`` of the same cells from a flat table that holds nothing else."""
    copy = f"COPY {table} TO STDOUT (FORMAT csv, DELIMITER ';')"
    return [_time(lambda: _copy(copy)) for _ in range(rounds)]


def time_xlsx(key: str, table: str, rounds: int) -> list[list[float]]:
    """Seconds of the workbook and of the bare library writing the same cells, by turns."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        rows = cursor.fetchall()
    return [[_time(lambda: write_xlsx(key)), _time(lambda: _bare(rows))] for _ in range(rounds)]


def write_csv(key: str) -> int:
    """Write the CSV out, a piece at a time; its length."""
    consultation = Consultation.objects.select_related("questionnaire").get(key=key)
    schema = schema_of(consultation.questionnaire)
    return sum(len(piece.encode()) for piece in as_csv(consultation, schema))


def write_xlsx(key: str) -> int:
    """Make the workbook; its length."""
    consultation = Consultation.objects.select_related("questionnaire").get(key=key)
    with as_xlsx(consultation, schema_of(consultation.questionnaire)) as book:
        return book.seek(0, io.SEEK_END)


def peak_of(form: str, key: str) -> float:
    """Megabytes that this process held at most, after one export of ``form``."""
    (write_csv if form == "csv" else write_xlsx)(key)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _copy(statement: str) -> None:
    with connection.cursor() as cursor, tempfile.TemporaryFile() as target:
        cursor.copy_expert(statement, target)


def _bare(rows: list[tuple[str, ...]]) -> None:
    with tempfile.TemporaryFile() as target:
        book = xlsxwriter.Workbook(target, {"constant_memory": True})
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        book.close()


def _time(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
