"""Who may do what with a newsletter: every council member writes, chair and secretary send.

Writing is the work of the whole council. Sending speaks to everyone in the council's name and
cannot be taken back, so it takes the two who answer for the council: its chair and its secretary.
"""

from newsletter.models import AudienceRole, Issue, IssueState
from newsletter.stopping import is_locked, may_go_on
from people import rules
from people.models import Person


def may_read(person: Person) -> bool:
    """May read the archive: the achterban and the council."""
    return rules.may_read_portal(person)


def may_compose(person: Person) -> bool:
    """May write newsletters: the council."""
    return rules.is_council(person)


def may_edit(person: Person, issue: Issue) -> bool:
    """May change this issue: the council, until it is sent or scheduled."""
    return may_compose(person) and issue.is_draft


def may_send(person: Person, issue: Issue) -> bool:
    """May send this issue: chair or secretary, while it is a draft."""
    return issue.is_draft and may_steer(person)


def may_approve(person: Person, issue: Issue) -> bool:
    """May approve this issue: another council member than who wrote it, where that is asked."""
    return (
        rules.is_council(person)
        and issue.is_draft
        and issue.needs_approval
        and issue.approved_by_id is None
        and issue.written_by_id != person.pk
    )


def may_call_back(person: Person, issue: Issue) -> bool:
    """May take a scheduled issue back to a draft: chair or secretary."""
    return issue.state == IssueState.SCHEDULED and may_steer(person)


def may_print(person: Person, issue: Issue) -> bool:
    """May have this issue on paper: the council, once it is on its way to staff.

    Not one that only the council gets, or those who have not answered: paper is read by anybody.
    Not one that was handed over with something that is secret now: paper cannot be called back.
    """
    return (
        rules.is_council(person)
        and not issue.is_draft
        and issue.role != AudienceRole.COUNCIL
        and not issue.names_nobody
        and not is_locked(issue)
    )


def may_see_recipients(person: Person, issue: Issue) -> bool:
    """May see who got it: chair or secretary, unless that would tell who has not answered."""
    return may_steer(person) and not issue.names_nobody


def may_see_failures(issue: Issue) -> bool:
    """May be told why mails failed: not where a full mailbox tells who has not answered."""
    return not issue.names_nobody


def may_send_again(issue: Issue) -> bool:
    """May go out again to who did not get it: nothing in it is secret, and it is known who."""
    return may_go_on(issue) and issue.readers_forgotten_on is None


def may_make_rest(person: Person, issue: Issue) -> bool:
    """May make a draft for who did not get a stopped issue: chair or secretary."""
    return may_steer(person) and issue.stopped_halfway and not issue.rests.exists()


def may_watch(person: Person) -> bool:
    """May see how the sending goes, in numbers: the council."""
    return rules.is_council(person)


def may_steer(person: Person) -> bool:
    """May see who got it and steer the sending: chair or secretary."""
    return rules.is_chair(person) or rules.is_secretary(person)
