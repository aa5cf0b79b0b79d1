"""The main job, end to end, as a council and its colleagues live it.

Employees hold a phone, council and director sit at a desk. Every page they come to is checked by
axe-core against WCAG 2.2 A and AA, and may not scroll sideways, log an error or answer 5xx.
"""

import pytest

from tests.walk import beginning, cases, ending, middle
from tests.walk.conftest import Walk


@pytest.mark.browser
def test_from_the_staff_list_to_the_last_day_of_the_directors_requests(walk: Walk) -> None:
    beginning.set_up(walk)
    beginning.import_the_staff_list(walk)
    beginning.open_the_dossier(walk)
    middle.tell(walk)
    middle.ask(walk)
    middle.talk(walk)
    middle.send(walk)
    ending.conclude(walk)
    cases.advice(walk)
    cases.consent(walk)
    beginning.lose_a_colleague(walk)
