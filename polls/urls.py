"""Paths under /vragen/. Codes from letters have a short address of their own: ``code_urls``."""

from django.urls import path

from polls.views import answering, desk, listing, making, own_answer, results

app_name = "polls"
urlpatterns = [
    path("", listing.index, name="index"),
    path("or/", listing.council_index, name="council_index"),
    path("nieuw/", making.choose, name="choose"),
    path("nieuw/peiling/", making.new_poll, name="new_poll"),
    path("nieuw/open-vraag/", making.new_open_question, name="new_open_question"),
    path("<uuid:key>/", answering.answer, name="consultation"),
    path("<uuid:key>/mijn-antwoord/", own_answer.own_answer, name="own_answer"),
    path("<uuid:key>/or/", desk.desk, name="desk"),
    path("<uuid:key>/or/openen/", desk.open_now, name="open"),
    path("<uuid:key>/or/terug-naar-concept/", desk.unschedule, name="unschedule"),
    path("<uuid:key>/or/sluiten/", desk.close_now, name="close"),
    path("<uuid:key>/uitslag/", results.results, name="results"),
    path("<uuid:key>/or/vrijgeven/<slug:audience>/", results.release, name="release"),
    path("<uuid:key>/or/verlengen/", desk.extend, name="extend"),
]
