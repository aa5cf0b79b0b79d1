from django.urls import path

from people.views import roster

app_name = "people"
urlpatterns = [
    path("", roster.people, name="people"),
    path("personeelslijst/", roster.roster, name="roster"),
    path("personeelslijst/<uuid:key>/", roster.roster_preview, name="roster_preview"),
    path("personeelslijst/<uuid:key>/inlezen/", roster.roster_import, name="roster_import"),
    path("personeelslijst/<uuid:key>/weggooien/", roster.roster_discard, name="roster_discard"),
    path("personeelslijst/<uuid:key>/voorbeeld.csv", roster.roster_plan, name="roster_plan"),
]
