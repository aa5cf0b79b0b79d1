"""Conditions mean the same in the browser as on the server."""

import json
from pathlib import Path

from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from polls.questions.conditions import condition_json, holds
from polls.questions.schema import Kind
from tests.plugins.browser import OpenBrowser
from tests.polls.questionnaires import ask, conditions_on

EARLIER = [ask("q1", Kind.SINGLE), ask("q2", Kind.MULTIPLE), ask("q3", Kind.SCALE)]
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "q1": st.sampled_from(["c1", "c2", "c3"]),
        "q2": st.lists(st.sampled_from(["c1", "c2", "c3"]), min_size=1, unique=True),
        "q3": st.integers(1, 5),
    },
)
SCRIPT = Path(settings.BASE_DIR) / "static/js/polls-branching.js"


def test_the_browser_agrees_with_the_server(open_browser: OpenBrowser) -> None:
    page = open_browser()
    page.evaluate(SCRIPT.read_text().replace("export ", "") + "; window.holds = holds;")

    @given_settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(conditions_on(EARLIER), ANSWERS)
    def agrees(condition: object, answers: dict[str, object]) -> None:
        # A form holds numbers as text, so the browser gets them so.
        typed = {code: str(a) if isinstance(a, int) else a for code, a in answers.items()}
        sent = json.dumps([condition_json(condition), typed])  # type: ignore[arg-type]
        told = page.evaluate("(sent) => window.holds(...JSON.parse(sent))", sent)
        assert told == holds(condition, answers)  # type: ignore[arg-type]

    agrees()
