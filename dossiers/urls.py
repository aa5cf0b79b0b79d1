from django.urls import path

from dossiers.views import calendar, dossier, papers, plan, secrecy

app_name = "dossiers"
urlpatterns = [
    path("", dossier.dossier_list, name="index"),
    path("nieuw/", dossier.open_dossier, name="open"),
    path("nieuw/termijnen/", dossier.suggestions, name="suggestions"),
    path("agenda/", calendar.calendar_page, name="calendar"),
    path("agenda/intrekken/", calendar.drop_calendar, name="drop_calendar"),
    path("agenda/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("verzoeken/", papers.request_list, name="requests"),
    path("verzoeken/indienen/", papers.hand_in, name="hand_in"),
    path("verzoeken/<uuid:key>/", papers.request_page, name="request"),
    path("stukken/<uuid:key>/", papers.document, name="document"),
    path("stukken/<uuid:key>/delen/", papers.share_document, name="share_document"),
    path("termijnen/<uuid:key>/gedaan/", dossier.finish_deadline, name="finish_deadline"),
    path("plan/", plan.council_plan, name="plan"),
    path("plan/stap/", plan.council_step, name="add_council_step"),
    path("plan/stap/<uuid:step_key>/", plan.council_step, name="step"),
    path("plan/stap/<uuid:step_key>/weg/", plan.drop_step, name="drop_step"),
    path("<uuid:key>/plan/", plan.dossier_plan, name="dossier_plan"),
    path("<uuid:key>/plan/stap/", plan.dossier_step, name="add_step"),
    path("<uuid:key>/", dossier.dossier, name="dossier"),
    path("<uuid:key>/wijzigen/", dossier.revise, name="revise"),
    path("<uuid:key>/sluiten/", dossier.close, name="close"),
    path("<uuid:key>/heropenen/", dossier.reopen, name="reopen"),
    path("<uuid:key>/overleg/", dossier.meeting, name="add_meeting"),
    path("<uuid:key>/overleg/<uuid:meeting_key>/", dossier.meeting, name="meeting"),
    path("<uuid:key>/onderdelen/<slug:part>/", dossier.judge_part, name="judge_part"),
    path("<uuid:key>/notities/", dossier.add_note, name="add_note"),
    path("<uuid:key>/termijnen/", dossier.add_deadline, name="add_deadline"),
    path("<uuid:key>/stukken/", papers.add_document, name="add_document"),
    path("<uuid:key>/geheimhouding/", secrecy.impose, name="impose_secrecy"),
    path("<uuid:key>/geheimhouding/opheffen/", secrecy.lift, name="lift_secrecy"),
]
