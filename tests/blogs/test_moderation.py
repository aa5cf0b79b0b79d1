"""The council moderates with a stated reason; the writer may object; someone else decides."""

import pytest

from blogs import actions
from blogs.lifecycle import COMMENT_FOLLOWS, CommentPolicy, CommentState
from people.models import Act, Person
from tests.blogs.makers import make_comment, make_post
from tests.cast import SignIn

pytestmark = pytest.mark.django_db
QUEUE = "/berichten/moderatie/"


def test_every_comment_state_says_what_may_follow_it() -> None:
    assert set(COMMENT_FOLLOWS) == set(CommentState)


def test_the_queue_is_the_councils(sign_in: SignIn, sanne: Person, bakker: Person) -> None:
    assert sign_in(sanne).get(QUEUE).status_code == 403
    assert sign_in(bakker).get(QUEUE).status_code == 404


def test_the_queue_holds_what_waits_and_what_was_reported(
    sign_in: SignIn, fatima: Person, sanne: Person, omar: Person
) -> None:
    waiting = make_comment(make_post(fatima, policy=CommentPolicy.MODERATED), sanne, "Wacht nog")
    reported = make_comment(make_post(fatima), sanne, "Niet zo aardig")
    actions.report_comment(reported, omar, "Onaardig")
    page = sign_in(fatima).get(QUEUE).content.decode()
    for words in ("Wacht nog", "Niet zo aardig", "Onaardig", "Omar Haddad"):
        assert words in page
    actions.let_through(waiting)
    actions.dismiss_reports(reported)
    assert "Alles gelezen" in sign_in(fatima).get(QUEUE).content.decode()


def test_a_comment_let_through_appears(
    sign_in: SignIn, fatima: Person, sanne: Person, omar: Person
) -> None:
    post = make_post(fatima, policy=CommentPolicy.MODERATED)
    comment = make_comment(post, sanne, "Eindelijk te zien")
    sign_in(fatima).post(f"/berichten/reacties/{comment.key}/toelaten/")
    assert "Eindelijk te zien" in sign_in(omar).get(f"/berichten/{post.key}/").content.decode()


def test_hiding_takes_a_reason_that_everyone_reads_in_its_place(
    sign_in: SignIn, fatima: Person, sanne: Person, omar: Person
) -> None:
    post = make_post(fatima)
    comment = make_comment(post, sanne, "Lelijke woorden")
    url = f"/berichten/reacties/{comment.key}/verbergen/"
    assert sign_in(fatima).post(url, {"reason": ""}).status_code == 400
    assert sign_in(fatima).post(url, {"reason": "Dit gaat over een patiënt."}).status_code == 302
    others = sign_in(omar).get(f"/berichten/{post.key}/").content.decode()
    assert "Dit gaat over een patiënt." in others
    assert "Lelijke woorden" not in others
    own = sign_in(sanne).get(f"/berichten/{post.key}/").content.decode()
    assert "Lelijke woorden" in own
    assert "Ik maak bezwaar" in own


def test_employees_do_not_moderate(sign_in: SignIn, fatima: Person, sanne: Person) -> None:
    comment = make_comment(make_post(fatima), sanne)
    for act in ("verbergen", "toelaten", "laten-staan", "op-slot", "van-slot", "beslissen"):
        url = f"/berichten/reacties/{comment.key}/{act}/"
        assert sign_in(sanne).post(url, {"reason": "x"}).status_code == 403


def test_another_council_member_decides_on_an_objection(
    sign_in: SignIn, fatima: Person, joris: Person, sanne: Person
) -> None:
    comment = make_comment(make_post(fatima), sanne, "Mijn mening")
    actions.hide_comment(comment, fatima, "Te scherp")
    appeal = f"/berichten/reacties/{comment.key}/bezwaar/"
    assert sign_in(joris).post(appeal, {"words": "namens"}).status_code == 403
    sign_in(sanne).post(appeal, {"words": "Dit is gewoon mijn mening."})
    assert sign_in(sanne).post(appeal, {"words": "Nog een keer"}).status_code == 403
    decide = f"/berichten/reacties/{comment.key}/beslissen/"
    answer = {"restore": "yes", "answer": "Je hebt gelijk."}
    assert sign_in(fatima).post(decide, answer).status_code == 403
    assert "Dit is gewoon mijn mening." in sign_in(joris).get(QUEUE).content.decode()
    assert sign_in(joris).post(decide, answer).status_code == 302
    comment.refresh_from_db()
    assert (comment.state, comment.appeal_decided_by) == (CommentState.VISIBLE, joris)


def test_an_objection_turned_down_is_answered_to_the_writer_only(
    sign_in: SignIn, fatima: Person, joris: Person, sanne: Person, omar: Person
) -> None:
    post = make_post(fatima)
    comment = make_comment(post, sanne)
    actions.hide_comment(comment, fatima, "Te scherp")
    actions.appeal_hiding(comment, "Toch wel")
    actions.decide_appeal(comment, joris, "Wij blijven erbij.", restore=False)
    url = f"/berichten/{post.key}/"
    assert "Wij blijven erbij." in sign_in(sanne).get(url).content.decode()
    assert "Wij blijven erbij." not in sign_in(omar).get(url).content.decode()


def test_a_locked_thread_takes_no_replies(
    sign_in: SignIn, fatima: Person, sanne: Person, omar: Person
) -> None:
    post = make_post(fatima)
    head = make_comment(post, sanne)
    sign_in(fatima).post(f"/berichten/reacties/{head.key}/op-slot/")
    typed = {"body": "Nog iets", "parent": str(head.key)}
    url = f"/berichten/{post.key}/reageren/"
    assert sign_in(omar).post(url, typed).status_code == 403
    sign_in(fatima).post(f"/berichten/reacties/{head.key}/van-slot/")
    assert sign_in(omar).post(url, typed).status_code == 302


def test_moderation_is_logged_without_content(fatima: Person, joris: Person, sanne: Person) -> None:
    comment = make_comment(make_post(fatima), sanne, "kwikstaart")
    actions.hide_comment(comment, fatima, "reden kwikstaart")
    actions.appeal_hiding(comment, "bezwaar kwikstaart")
    actions.decide_appeal(comment, joris, "antwoord kwikstaart", restore=True)
    acts = list(Act.objects.filter(object_type="blogs.comment"))
    assert [act.verb for act in acts] == ["blogs.hide_comment", "blogs.restore_comment"]
    assert not any("kwikstaart" in str(vars(act)) for act in acts)
