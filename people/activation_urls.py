"""The short address on paper: ``/code/``."""

from django.urls import path

from people.views import activation

app_name = "activation"
urlpatterns = [
    path("", activation.enter, name="enter"),
    path("wachtwoord/", activation.choose, name="choose"),
]
