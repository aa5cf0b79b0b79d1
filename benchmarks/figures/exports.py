"""Exports of single answers under names: CSV beside ``COPY TO``, XLSX beside bare XlsxWriter.

(Anonymous answers never leave one by one.) Twenty questions. ``COPY TO`` takes the same cells out
of the same tables in the same order, and the bare library writes them from memory; ours also makes
them harmless for spreadsheets. What ``COPY`` takes from a flat table is told beside it. Memory is
what a process of its own holds at most after one export.
"""

from statistics import median

from benchmarks.ground import Figure, Ground, tell

CSV_TARGET = 0.2
XLSX_TARGET = 0.83
FEW, MANY = 10_000, 100_000
MEGABYTES = 20
ROUNDS = 5


def measure(ground: Ground, *, few: int = FEW, many: int = MANY) -> list[Figure]:
    """One figure a kind of file; refused where memory grows with the number of ballots."""
    keys = {size: ground.inside("benchmarks.data.answers:make_named", size) for size in (few, many)}
    timed = {
        "csv": ground.inside("benchmarks.data.exporting:time_csv", keys[many], 3),
        "xlsx": ground.inside(
            "benchmarks.data.exporting:time_xlsx", keys[few], f"named_{few}", ROUNDS
        ),
    }
    flat = ground.inside("benchmarks.data.exporting:time_flat", f"named_{many}", ROUNDS)
    tell(f"COPY TO of {many} rows from a flat table: {median(flat):.2f} s")
    figures = []
    for form, target in (("csv", CSV_TARGET), ("xlsx", XLSX_TARGET)):
        peaks = [
            ground.inside("benchmarks.data.exporting:peak_of", form, keys[size])
            for size in (few, many)
        ]
        ours, least = (median(each) for each in zip(*timed[form], strict=True))
        ratio = median(limit / own for own, limit in timed[form])
        tell(
            f"{form}: {ours:.2f} s, the limit {least:.2f} s; {peaks[0]:.0f} MB at {few} ballots,"
            f" {peaks[1]:.0f} MB at {many}"
        )
        assert peaks[1] - peaks[0] < MEGABYTES, f"{form}: memory grew by {peaks[1] - peaks[0]} MB"
        figures.append(Figure(f"export-{form}", ratio, target))
    return figures
