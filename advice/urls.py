from django.urls import path

from advice.views import dashboard, deciding, evidence, files, letter

app_name = "advice"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("brieven/", deciding.letters, name="letters"),
    path("briefhoofd/", deciding.letterhead, name="letterhead"),
    path("dossier/<uuid:key>/bewijs/", evidence.evidence_page, name="evidence"),
    path("dossier/<uuid:key>/bewijs/gebruiken/", evidence.take, name="take"),
    path("dossier/<uuid:key>/bewijs/zelf/", evidence.observe, name="observe"),
    path("dossier/<uuid:key>/bord/", evidence.board, name="board"),
    path("dossier/<uuid:key>/brief/", letter.start, name="start"),
    path("dossier/<uuid:key>/besluit/", deciding.decision, name="decision"),
    path("dossier/<uuid:key>/besluit/vastleggen/", deciding.record_decision, name="record"),
    path("dossier/<uuid:key>/voorwaarden/", deciding.condition, name="add_condition"),
    path(
        "dossier/<uuid:key>/voorwaarden/<uuid:condition_key>/",
        deciding.condition,
        name="condition",
    ),
    path("bevinding/<uuid:key>/", evidence.finding_page, name="finding"),
    path("bevinding/<uuid:key>/plaats/", evidence.place, name="place"),
    path("brief/<uuid:key>/", letter.letter_page, name="letter"),
    path("brief/<uuid:key>/gegevens/", letter.facts, name="facts"),
    path("brief/<uuid:key>/brief.<str:suffix>", files.draft_file, name="draft_file"),
    path("brief/<uuid:key>/citeren/<uuid:finding_key>/", letter.cite, name="cite"),
    path("brief/<uuid:key>/delen/", letter.add_section, name="add_section"),
    path("brief/<uuid:key>/delen/<uuid:section_key>/", letter.section_page, name="section"),
    path("brief/<uuid:key>/delen/<uuid:section_key>/versies/", letter.versions, name="versions"),
    path("brief/<uuid:key>/delen/<uuid:section_key>/plaats/", letter.move_section, name="move"),
    path("brief/<uuid:key>/delen/<uuid:section_key>/reactie/", letter.comment, name="comment"),
    path("brief/<uuid:key>/reacties/<uuid:comment_key>/", letter.settle, name="settle"),
    path("brief/<uuid:key>/stemming/", deciding.put_to_vote, name="put_to_vote"),
    path("brief/<uuid:key>/stem/", deciding.vote, name="vote"),
    path("brief/<uuid:key>/stemming/sluiten/", deciding.close_vote, name="close_vote"),
    path("brief/<uuid:key>/vastgesteld/", deciding.adopt, name="adopt"),
    path("brief/<uuid:key>/terugnemen/", deciding.take_back, name="take_back"),
    path("brief/<uuid:key>/vrijgeven/", deciding.release, name="release"),
    path("vrijgegeven/<uuid:key>/", deciding.released, name="released"),
    path("vrijgegeven/<uuid:key>/brief.<str:suffix>", files.released_file, name="released_file"),
    path("vrijgegeven/<uuid:key>/medewerkers/", deciding.release_to_staff, name="to_staff"),
]
