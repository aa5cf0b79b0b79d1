"""Groups: no role is a way in. The employee moderates, a colleague is the only other member.

``listed`` can be asked for, ``free`` joined at once, ``secret`` is unknown to all who are not in it;
``opened`` was opened from outside by chair and secretary.
"""

from typing import Any

from groups import actions
from groups.models import Group, History, Joining, Listing, Message
from people.models import Person
from tests.cast import make_people
from tests.groups.makers import a_day_on, make_group, make_message, make_thread, write_under_alias
from tests.orportal.matrix.table import Cast, Things

TABLE = """
# url                      thing     method visitor employee member chair secretary director administrator left
groups:index               -         GET    in      200      200    200   200       404      404           in
groups:start               -         GET    in      403      200    200   200       404      404           in
groups:start               -         POST   in      403      302    302   302       404      404           in
groups:openings            -         GET    in      403      200    200   200       404      404           in
groups:openings            -         POST   in      403      400    400   400       404      404           in
groups:second_opening      asked     POST   in      404      302    403   302       404      404           in
groups:end_opening         opening   POST   in      404      403    302   302       404      404           in
groups:group               listed    GET    in      200      200    200   200       404      404           in
groups:group               secret    GET    in      200      404    404   404       404      404           in
groups:group               opened    GET    in      200      404    200   200       404      404           in
groups:group               foreign   GET    in      404      404    404   404       404      404           in
groups:join                free      POST   in      302      302    302   302       404      404           in
groups:join                listed    POST   in      403      403    403   403       404      404           in
groups:join                secret    POST   in      403      404    404   404       404      404           in
groups:join                foreign   POST   in      404      404    404   404       404      404           in
groups:ask                 listed    POST   in      403      302    302   302       404      404           in
groups:ask                 secret    POST   in      403      404    404   404       404      404           in
groups:decline_invitation  listed    POST   in      302      302    302   302       404      404           in
groups:decline_invitation  foreign   POST   in      404      404    404   404       404      404           in
groups:leave               secret    POST   in      403      404    404   404       404      404           in
groups:leave               visited   POST   in      302      404    404   404       404      404           in
groups:members             listed    GET    in      200      404    404   404       404      404           in
groups:members             secret    GET    in      200      404    404   404       404      404           in
groups:members             opened    GET    in      200      404    200   200       404      404           in
groups:invite              secret    POST   in      404      404    404   404       404      404           in
groups:invite              visited   POST   in      403      404    404   404       404      404           in
groups:become_moderator    secret    POST   in      403      404    404   404       404      404           in
groups:become_moderator    opened    POST   in      403      404    403   403       404      404           in
groups:settings            secret    GET    in      200      404    404   404       404      404           in
groups:settings            secret    POST   in      400      404    404   404       404      404           in
groups:settings            visited   GET    in      403      404    404   404       404      404           in
groups:settings            opened    GET    in      200      404    403   403       404      404           in
groups:close               secret    POST   in      302      404    404   404       404      404           in
groups:close               opened    POST   in      302      404    403   403       404      404           in
groups:notify              secret    GET    in      200      404    404   404       404      404           in
groups:notify              secret    POST   in      302      404    404   404       404      404           in
groups:notify              opened    GET    in      200      404    403   403       404      404           in
groups:reports             secret    GET    in      200      404    404   404       404      404           in
groups:reports             visited   GET    in      403      404    404   404       404      404           in
groups:reports             opened    GET    in      200      404    403   403       404      404           in
groups:start_thread        secret    GET    in      200      404    404   404       404      404           in
groups:start_thread        secret    POST   in      302      404    404   404       404      404           in
groups:start_thread        opened    POST   in      302      404    403   403       404      404           in
groups:signals             secret    GET    in      200      404    404   404       404      404           in
groups:signals             secret    POST   in      302      404    404   404       404      404           in
groups:signals             opened    POST   in      302      404    403   403       404      404           in
groups:let_in              request   POST   in      302      404    404   404       404      404           in
groups:decline_request     request   POST   in      302      404    404   404       404      404           in
groups:set_seniority       seat      POST   in      302      404    404   404       404      404           in
groups:remove_member       seat      POST   in      302      404    404   404       404      404           in
groups:remove_member       own_seat  POST   in      403      404    404   404       404      404           in
groups:thread              thread    GET    in      200      404    404   404       404      404           in
groups:thread              open_one  GET    in      200      404    200   200       404      404           in
groups:write               thread    POST   in      302      404    404   404       404      404           in
groups:write               open_one  POST   in      302      404    403   403       404      404           in
groups:close_thread        thread    POST   in      302      404    404   404       404      404           in
groups:close_thread        open_one  POST   in      302      404    403   403       404      404           in
groups:reopen_thread       thread    POST   in      302      404    404   404       404      404           in
groups:find_message        theirs    GET    in      302      404    404   404       404      404           in
groups:picture             theirs    GET    in      404      404    404   404       404      404           in
groups:edit_message        own       GET    in      200      404    404   404       404      404           in
groups:edit_message        own       POST   in      302      404    404   404       404      404           in
groups:edit_message        theirs    GET    in      403      404    404   404       404      404           in
groups:edit_message        aliased   GET    in      403      404    404   404       404      404           in
groups:delete_message      own       POST   in      302      404    404   404       404      404           in
groups:delete_message      theirs    POST   in      403      404    404   404       404      404           in
groups:delete_message      read_on   POST   in      302      404    403   403       404      404           in
groups:report_message      theirs    GET    in      200      404    404   404       404      404           in
groups:report_message      theirs    POST   in      302      404    404   404       404      404           in
groups:report_message      read_on   GET    in      403      404    403   403       404      404           in
groups:dismiss_reports     theirs    POST   in      302      404    404   404       404      404           in
groups:hide_message        theirs    GET    in      200      404    404   404       404      404           in
groups:hide_message        theirs    POST   in      302      404    404   404       404      404           in
groups:hide_message        read_on   POST   in      302      404    403   403       404      404           in
groups:show_message        hidden    POST   in      302      404    404   404       404      404           in
groups:mute_alias          aliased   POST   in      302      404    404   404       404      404           in
groups:mute_alias          theirs    POST   in      403      404    404   404       404      404           in
groups:quote               theirs    GET    in      200      404    404   404       404      404           in
groups:quote               theirs    POST   in      302      404    404   404       404      404           in
groups:quote               aliased   GET    in      403      404    404   404       404      404           in
groups:quote               read_on   GET    in      200      404    403   403       404      404           in
groups:answer_quote        asked_me  POST   in      302      404    404   404       404      404           in
"""

_GROUP = {
    "name": "Nachtploeg",
    "purpose": "Praten",
    "listing": "listed",
    "joining": "open",
    "history": "shared",
}
DATA = {
    "groups:start": _GROUP,
    "groups:ask": {"words": "Graag"},
    "groups:notify": {"notify": "daily"},
    "groups:start_thread": {"title": "Pauzes", "body": "Wie?", "writer": "name"},
    "groups:write": {"body": "Ik", "writer": "name"},
    "groups:edit_message": {"body": "Wij"},
    "groups:report_message": {"reason": "Niet waar"},
    "groups:hide_message": {"reason": "Niet waar"},
    "groups:signals": {"paraphrase": "Er wordt gemopperd"},
    "groups:quote": {"paraphrase": "Er wordt gemopperd", "quote": ""},
    "groups:answer_quote": {"answer": "yes"},
}


def things(cast: Cast) -> Things:
    """Groups of every kind, and what is in the secret one."""
    other, *more = make_people(6)
    listed = make_group(cast.employee, other)
    free = make_group(cast.employee, joining=Joining.OPEN)
    secret, opened = (_secret(cast, other) for _one in range(2))
    foreign = make_group(other, listing=Listing.UNLISTED, joining=Joining.INVITATION)
    visited = make_group(other, cast.employee, listing=Listing.UNLISTED, joining=Joining.INVITATION)
    for person in more:
        actions.join_group(person, secret)
    request = actions.ask_to_join(more[0], listed, "Graag")
    thread, open_one = make_thread(secret, cast.employee), make_thread(opened, cast.employee)
    own, theirs, hidden = (
        make_message(thread, cast.employee),
        make_message(thread, other),
        make_message(thread, other),
    )
    actions.hide_message(hidden, cast.employee, "Niet waar")
    write_under_alias(thread, other)
    actions.empty_letterbox(a_day_on())
    aliased = Message.objects.get(alias__isnull=False)
    asked = actions.ask_opening(opened, cast.chair, "Zorgen")
    opening = actions.ask_opening(opened, cast.chair, "Zorgen")
    actions.second_opening(opening, cast.secretary)
    signal = actions.write_signal(secret, other, "Gemopper", message=own, quote=own.body)
    rows: dict[str, Any] = {
        "listed": listed,
        "free": free,
        "secret": secret,
        "opened": opened,
        "foreign": foreign,
        "visited": visited,
        "request": request,
        "seat": secret.memberships.get(person=other),
        "own_seat": secret.memberships.get(person=cast.employee),
        "thread": thread,
        "open_one": open_one,
        "own": own,
        "theirs": theirs,
        "hidden": hidden,
        "aliased": aliased,
        "read_on": open_one.messages.get(),
        "asked": asked,
        "opening": opening,
        "asked_me": signal,
    }
    return {name: {"key": row.key} for name, row in rows.items()}


def _secret(cast: Cast, other: Person) -> Group:
    """A secret group with aliases that the employee moderates."""
    return make_group(
        cast.employee,
        other,
        listing=Listing.UNLISTED,
        joining=Joining.INVITATION,
        history=History.SHARED,
        alias=True,
    )
