"""Paths under /vragen/. Codes from letters have a short address of their own: ``code_urls``."""

from django.urls import path

from polls.views import (
    answering,
    building,
    desk,
    listing,
    making,
    own_answer,
    results,
    templates,
    translating,
    trying,
)

app_name = "polls"
urlpatterns = [
    path("", listing.index, name="index"),
    path("or/", listing.council_index, name="council_index"),
    path("nieuw/", making.choose, name="new"),
    path("nieuw/peiling/", making.new_poll, name="new_poll"),
    path("nieuw/open-vraag/", making.new_open_question, name="new_open_question"),
    path("nieuw/enquete/", making.new_survey, name="new_survey"),
    path("sjablonen/", templates.templates, name="templates"),
    path("tips/", templates.hints, name="hints"),
    path("proef/<str:token>/", trying.pilot, name="pilot"),
    path("<uuid:key>/", answering.answer, name="consultation"),
    path("<uuid:key>/afbeelding/<slug:code>/", answering.image, name="image"),
    path("<uuid:key>/mijn-antwoord/", own_answer.own_answer, name="own_answer"),
    path("<uuid:key>/or/", desk.desk, name="desk"),
    path("<uuid:key>/or/instellingen/", making.settings, name="settings"),
    path("<uuid:key>/or/voorbeeld/", trying.preview, name="preview"),
    path("<uuid:key>/or/proef/", trying.pilot_link, name="pilot_link"),
    path("<uuid:key>/or/sjabloon/", templates.save_template, name="save_template"),
    path("<uuid:key>/or/talen/", translating.languages, name="languages"),
    path("<uuid:key>/or/talen/<slug:language>/", translating.translation, name="translation"),
    path("<uuid:key>/or/vragen/", building.build, name="build"),
    path("<uuid:key>/or/vragen/deel/", building.add_section, name="add_section"),
    path("<uuid:key>/or/vragen/deel/<int:at>/", building.edit_section, name="edit_section"),
    path("<uuid:key>/or/vragen/deel/<int:at>/zet/", building.move_section, name="move_section"),
    path("<uuid:key>/or/vragen/deel/<int:at>/weg/", building.remove_section, name="remove_section"),
    path("<uuid:key>/or/vragen/deel/<int:at>/vraag/", building.add_question, name="add_question"),
    path("<uuid:key>/or/vragen/<slug:code>/", building.edit_question_page, name="edit_question"),
    path("<uuid:key>/or/vragen/<slug:code>/zet/", building.move_question, name="move_question"),
    path(
        "<uuid:key>/or/vragen/<slug:code>/kopie/",
        building.duplicate_question,
        name="duplicate_question",
    ),
    path("<uuid:key>/or/vragen/<slug:code>/weg/", building.remove_question, name="remove_question"),
    path("<uuid:key>/or/openen/", desk.open_now, name="open"),
    path("<uuid:key>/or/terug-naar-concept/", desk.unschedule, name="unschedule"),
    path("<uuid:key>/or/sluiten/", desk.close_now, name="close"),
    path("<uuid:key>/uitslag/", results.results, name="results"),
    path("<uuid:key>/or/vrijgeven/<slug:audience>/", results.release, name="release"),
    path("<uuid:key>/or/verlengen/", desk.extend, name="extend"),
]
