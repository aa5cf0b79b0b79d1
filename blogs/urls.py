from django.urls import path

from blogs.views import commenting, moderation, publishing, reading, writing

app_name = "blogs"
urlpatterns = [
    path("", reading.index, name="index"),
    path("schrijven/", writing.write, name="write"),
    path("voorbeeld/", writing.preview, name="preview"),
    path("concepten/", reading.drafts, name="drafts"),
    path("moderatie/", moderation.queue, name="moderation"),
    path("<uuid:key>/", reading.post, name="post"),
    path("<uuid:key>/afbeelding/", reading.image, name="image"),
    path("<uuid:key>/versies/", reading.revisions, name="revisions"),
    path("<uuid:key>/bewerken/", writing.edit, name="edit"),
    path("<uuid:key>/weggooien/", writing.delete, name="delete"),
    path("<uuid:key>/publiceren/", publishing.publish, name="publish"),
    path("<uuid:key>/inplannen/", publishing.schedule, name="schedule"),
    path("<uuid:key>/uit-planning/", publishing.unschedule, name="unschedule"),
    path("<uuid:key>/intrekken/", publishing.withdraw, name="withdraw"),
    path("<uuid:key>/reageren/", commenting.comment, name="comment"),
    path("reacties/<uuid:key>/", commenting.find, name="find_comment"),
    path("reacties/<uuid:key>/bewerken/", commenting.edit, name="edit_comment"),
    path("reacties/<uuid:key>/verwijderen/", commenting.delete, name="delete_comment"),
    path("reacties/<uuid:key>/melden/", commenting.report, name="report_comment"),
    path("reacties/<uuid:key>/bezwaar/", commenting.appeal, name="appeal"),
    path("reacties/<uuid:key>/toelaten/", moderation.let_through, name="let_through"),
    path("reacties/<uuid:key>/verbergen/", moderation.hide, name="hide_comment"),
    path("reacties/<uuid:key>/laten-staan/", moderation.dismiss, name="dismiss_reports"),
    path("reacties/<uuid:key>/beslissen/", moderation.decide, name="decide_appeal"),
    path("reacties/<uuid:key>/op-slot/", moderation.lock, name="lock_thread"),
    path("reacties/<uuid:key>/van-slot/", moderation.unlock, name="unlock_thread"),
]
