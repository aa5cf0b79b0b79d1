"""The staff list as HR sends it: bytes to rows (pure), rows to a plan (reads the roster).

``reading.read_roster(data)`` → ``Reading``; ``planning.make_plan(reading, today)`` → ``Plan``;
``people.actions.import_roster(plan, by)`` writes. Nothing in this package writes.
"""
