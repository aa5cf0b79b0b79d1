from django.urls import URLPattern

app_name = "blogs"
urlpatterns: list[URLPattern] = []
