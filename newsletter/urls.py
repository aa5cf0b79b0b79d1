from django.urls import path

from newsletter.views import archive, leaving, preview, sending, unreachable, writing

app_name = "newsletter"
urlpatterns = [
    path("", archive.index, name="index"),
    path("nieuw/", writing.start, name="start"),
    path("adressen/", unreachable.unreachable, name="unreachable"),
    path("adressen/opnieuw/", unreachable.try_again, name="try_again"),
    path("beeld/<uuid:key>.jpg", archive.image, name="image"),
    path("k/<str:code>/", archive.follow, name="follow"),
    path("afmelden/<str:token>/", leaving.unsubscribe, name="unsubscribe"),
    path("voorkeuren/<str:token>/", leaving.preferences, name="preferences"),
    path("<uuid:key>/", archive.issue, name="issue"),
    path("<uuid:key>/opstellen/", writing.compose, name="compose"),
    path("<uuid:key>/instellingen/", writing.settings, name="settings"),
    path("<uuid:key>/weggooien/", writing.delete, name="delete"),
    path("<uuid:key>/blok/<slug:kind>/", writing.add_block, name="add_block"),
    path("<uuid:key>/blok/<uuid:block_key>/wijzigen/", writing.edit_block, name="edit_block"),
    path("<uuid:key>/blok/<uuid:block_key>/omhoog/", writing.move_up, name="move_up"),
    path("<uuid:key>/blok/<uuid:block_key>/omlaag/", writing.move_down, name="move_down"),
    path("<uuid:key>/blok/<uuid:block_key>/weg/", writing.remove_block, name="remove_block"),
    path("<uuid:key>/akkoord/", writing.approve, name="approve"),
    path("<uuid:key>/voorbeeld/", preview.preview, name="preview"),
    path("<uuid:key>/voorbeeld/mail/", preview.preview_html, name="preview_html"),
    path("<uuid:key>/proef/", preview.trial, name="trial"),
    path("<uuid:key>/versturen/", sending.send, name="send"),
    path("<uuid:key>/terughalen/", sending.call_back, name="call_back"),
    path("<uuid:key>/verzending/", sending.progress, name="progress"),
    path("<uuid:key>/verzending/pauze/", sending.pause, name="pause"),
    path("<uuid:key>/verzending/verder/", sending.resume, name="resume"),
    path("<uuid:key>/verzending/stoppen/", sending.cancel, name="cancel"),
    path("<uuid:key>/verzending/opnieuw/", sending.again, name="again"),
    path("<uuid:key>/verzending/rest/", sending.rest, name="rest"),
    path("<uuid:key>/verzending/ontvangers/", sending.recipients, name="recipients"),
    path("<uuid:key>/verzending/standen.csv", sending.states_csv, name="states_csv"),
]
