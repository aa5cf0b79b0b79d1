"""Every path of the portal; each app names its own below its prefix."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from dossiers.views.search import search
from orportal import views
from orportal.founding.views import founding
from people.views import me

urlpatterns = [
    # First, because a whole staff comes here at once.
    path("vragen/", include("polls.urls")),
    path("", views.start, name="start"),
    path("vertrouwen/", views.trust, name="trust"),
    path("huisregels/", views.house_rules, name="house_rules"),
    path("weergave/", views.theme, name="theme"),
    path("zoeken/", search, name="search"),
    path("inrichten/", founding, name="founding"),
    path("stijlgids/", views.style_guide, name="style_guide"),
    path("i18n/setlang/", me.speak, name="set_language"),
    path("accounts/", include("people.sign_in.urls")),
    path("code/", include("people.activation_urls")),
    path("mensen/", include("people.urls")),
    path("dossiers/", include("dossiers.urls")),
    path("stem/", RedirectView.as_view(pattern_name="polls:enter_code"), name="vote"),
    path("berichten/", include("blogs.urls")),
    path("groepen/", include("groups.urls")),
    path("vragenuur/", include("live.urls")),
    path("signalen/", include("listening.urls")),
    path("nieuwsbrief/", include("newsletter.urls")),
    path("n/", include("newsletter.short_urls")),
    path("advies/", include("advice.urls")),
    path("post/", include("outbox.urls")),
    path("beheer/", admin.site.urls),
]

handler500 = "orportal.views.server_error"
