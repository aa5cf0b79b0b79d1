"""Who is asked: from the audience a council member chose to the rows of an electorate."""

from django.db import connection
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce

from people.models import Person
from polls.models import Breakdown, Consultation, Elector

GROUP_PATHS = {
    Breakdown.NONE: "unit__name",
    Breakdown.UNIT: "unit__name",
    Breakdown.SITE: "site__name",
    Breakdown.SHIFT: "shift",
}
"""Where a person's group label comes from. Without a breakdown the unit, for the response alone."""


def people_asked(consultation: Consultation) -> QuerySet[Person]:
    """Those on the roster today whom the audience names: the lists narrow each other, empty lists
    do not narrow. Without those on long leave, unless the consultation includes them."""
    people = Person.objects.constituency()
    if not consultation.long_leave_included:
        people = people.filter(on_long_leave=False)
    units = list(consultation.units.values_list("pk", flat=True))
    if units:
        people = people.filter(unit__in=units)
    sites = list(consultation.sites.values_list("pk", flat=True))
    if sites:
        people = people.filter(site__in=sites)
    if consultation.shifts:
        people = people.filter(shift__in=consultation.shifts)
    if consultation.selection:
        people = people.in_selection(consultation.selection)
    return people


def invite(consultation: Consultation) -> int:
    """Write an elector for everyone asked who has none yet, in one statement; gives how many.

    Their group is the roster's of this moment; it does not follow later moves.
    """
    label = Coalesce(
        F(GROUP_PATHS[Breakdown(consultation.breakdown)]),
        Value(""),
        output_field=CharField(max_length=120),
    )
    invited = Elector.objects.filter(consultation=consultation).values("person")
    selected = (
        people_asked(consultation)
        .exclude(pk__in=invited)
        .order_by("pk")
        .values_list(Value(consultation.pk), "pk", label, Value(False), Value(False))
    )
    sql, parameters = selected.query.sql_with_params()
    with connection.cursor() as cursor:
        # The ORM writes no INSERT ... SELECT; 50,000 rows through Python would take half a minute.
        cursor.execute(
            "INSERT INTO polls_elector"
            f' (consultation_id, person_id, "group", by_code, took_part) {sql}'
            " ON CONFLICT DO NOTHING",
            parameters,
        )
        return int(cursor.rowcount)
