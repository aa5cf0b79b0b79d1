from django.urls import path, re_path

from live.views import attending, organising

KEY = r"(?P<key>[0-9a-f-]{36})"

app_name = "live"
urlpatterns = [
    path("", attending.index, name="index"),
    path("nieuw/", organising.plan, name="plan"),
    path("<uuid:key>/", attending.question_hour, name="question_hour"),
    path("<uuid:key>/vragen/", attending.ask, name="ask"),
    path("<uuid:key>/bord/", attending.board, name="board"),
    path("<uuid:key>/agenda.ics", attending.calendar, name="calendar"),
    path("<uuid:key>/wijzigen/", organising.plan, name="change"),
    path("<uuid:key>/bureau/", organising.desk, name="desk"),
    path("<uuid:key>/verslag/", organising.publish_minutes, name="publish_minutes"),
    re_path(rf"^{KEY}/(?P<step>aankondigen|beginnen|afsluiten)/$", organising.move, name="move"),
    path("vraag/<uuid:key>/steun/", attending.support, name="support"),
    path("vraag/<uuid:key>/behandelen/", organising.accept, name="accept"),
    path("vraag/<uuid:key>/niet/", organising.decline, name="decline"),
    path("vraag/<uuid:key>/antwoord/", organising.answer, name="answer"),
    path("vraag/<uuid:key>/uitzoeken/", organising.hand_over, name="hand_over"),
]
