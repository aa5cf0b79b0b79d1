"""Short addresses for paper, under /n/: an issue, and a block of it by its number."""

from django.urls import path

from newsletter.views import paper

app_name = "on_paper"
urlpatterns = [
    path("<int:number>/", paper.short_issue, name="issue"),
    path("<int:number>/<int:position>/", paper.short_block, name="block"),
]
