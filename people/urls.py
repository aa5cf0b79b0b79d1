from django.urls import path

from people.views import codes, log, me, people, roles, roster, selections

app_name = "people"
urlpatterns = [
    path("", people.people, name="people"),
    path("personen/<uuid:key>/", people.person, name="person"),
    path("personen/<uuid:key>/brief/", codes.print_code, name="print_code"),
    path("personen/<uuid:key>/code-intrekken/", codes.revoke_code, name="revoke_code"),
    path("personen/<uuid:key>/benoemen/", roles.appoint, name="appoint"),
    path("personen/<uuid:key>/rol-beeindigen/", roles.end_role, name="end_role"),
    path("personen/<uuid:key>/toegang-beeindigen/", roles.remove_person, name="remove_person"),
    path("personen/toevoegen/", roles.add_person, name="add_person"),
    path("rollen/", roles.roles, name="roles"),
    path("selecties/", selections.selections, name="selections"),
    path("selecties/nieuw/", selections.new, name="new_selection"),
    path("selecties/<uuid:key>/", selections.selection, name="selection"),
    path("selecties/<uuid:key>/weggooien/", selections.delete, name="delete_selection"),
    path("logboek/", log.log, name="log"),
    path("brieven/", codes.print_codes, name="print_codes"),
    path("personeelslijst/", roster.roster, name="roster"),
    path("personeelslijst/<uuid:key>/", roster.roster_preview, name="roster_preview"),
    path("personeelslijst/<uuid:key>/inlezen/", roster.roster_import, name="roster_import"),
    path("personeelslijst/<uuid:key>/weggooien/", roster.roster_discard, name="roster_discard"),
    path("personeelslijst/<uuid:key>/voorbeeld.csv", roster.roster_plan, name="roster_plan"),
    path("ik/", me.me, name="me"),
    path("ik/gegevens.json", me.export, name="export"),
    path("ik/adres/", me.address, name="address"),
    path("ik/adres/code/", me.confirm_address, name="confirm_address"),
    path("ik/adres/verwijderen/", me.drop_address, name="drop_address"),
    path("ik/overal-uitloggen/", me.sign_out_everywhere, name="sign_out_everywhere"),
]
