"""What the start page of each role holds; each section takes a constant number of queries.

A section asks the querysets of its app what this person may see and turns it into rows, so that
the page shows them all alike.
"""

from orportal.start.administrator import administrator_start
from orportal.start.council import council_start
from orportal.start.director import director_start
from orportal.start.employee import employee_start

__all__ = ["administrator_start", "council_start", "director_start", "employee_start"]
