from django.urls import path

from listening.views import hearing, messages, signals

app_name = "listening"
urlpatterns = [
    path("", messages.index, name="index"),
    path("schrijf/", messages.tell, name="tell"),
    path("mijn-berichten/", messages.own, name="own"),
    path("code/", messages.with_code, name="with_code"),
    path("bericht/<uuid:key>/", messages.message, name="message"),
    path("bericht/<uuid:key>/oppakken/", messages.take_on, name="take_on"),
    path("spreekuur/", hearing.office_hours, name="office_hours"),
    path("spreekuur/nieuw/", hearing.plan_office_hour, name="plan_office_hour"),
    path("spreekuur/<uuid:key>/afgelast/", hearing.cancel_office_hour, name="cancel_office_hour"),
    path("gesprekken/", hearing.notes, name="notes"),
    path("gesprekken/nieuw/", hearing.note, name="note"),
    path("lijst/", signals.signals, name="signals"),
    path("nieuw/", signals.note_signal, name="note_signal"),
    path("<uuid:key>/", signals.signal, name="signal"),
    path("<uuid:key>/doorgeven/", signals.pass_on, name="pass_on"),
    path("<uuid:key>/antwoord/", signals.answer_signal, name="answer_signal"),
    path("<uuid:key>/terugkoppeling/", signals.feed_back, name="feed_back"),
]
