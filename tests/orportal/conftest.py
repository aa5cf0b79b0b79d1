"""What the tests of the whole portal share."""

import pytest

from people.models import Person
from tests.orportal.matrix.table import Cast


@pytest.fixture
def matrix_cast(
    sanne: Person,
    fatima: Person,
    joris: Person,
    ineke: Person,
    bakker: Person,
    wim: Person,
    eva: Person,
) -> Cast:
    """The named cast in their columns."""
    return Cast(sanne, fatima, joris, ineke, bakker, wim, eva)
