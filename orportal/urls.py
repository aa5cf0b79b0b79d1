"""Every path of the portal; each app names its own below its prefix."""

from django.contrib import admin
from django.urls import include, path

from orportal import views

urlpatterns = [
    path("", views.start, name="start"),
    path("vertrouwen/", views.trust, name="trust"),
    path("huisregels/", views.house_rules, name="house_rules"),
    path("weergave/", views.theme, name="theme"),
    path("stijlgids/", views.style_guide, name="style_guide"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("allauth.urls")),
    path("mensen/", include("people.urls")),
    path("dossiers/", include("dossiers.urls")),
    path("vragen/", include("polls.urls")),
    path("berichten/", include("blogs.urls")),
    path("groepen/", include("groups.urls")),
    path("vragenuur/", include("live.urls")),
    path("signalen/", include("listening.urls")),
    path("nieuwsbrief/", include("newsletter.urls")),
    path("advies/", include("advice.urls")),
    path("post/", include("outbox.urls")),
    path("beheer/", admin.site.urls),
]

handler500 = "orportal.views.server_error"
