"""Telling staff what was done with what they said: "jullie zeiden / wij deden", as a draft post."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from advice.letters import prose
from advice.letters.compose import LANGUAGE
from advice.models import Condition, Decision, Finding, Follows, Letter, LetterRelease
from blogs.actions import PostText, write_post
from blogs.models import Post
from people.log import log_act
from people.models import Person


@transaction.atomic
def tell_staff(actor: Person, release: LetterRelease) -> Post:
    """Compose a draft post from a letter staff may read: what it cites, the verdict, the decision,
    the conditions. Nothing is published; a council member reads it first.
    """
    with translation.override(LANGUAGE):
        letter = release.letter
        text = PostText(
            title=(_("What we did with it: %(subject)s") % {"subject": letter.subject})[:160],
            body="\n\n".join(_paragraphs(release)),
            dossier=letter.dossier,
        )
    post = write_post(actor, text)
    log_act(actor, "advice.tell_staff", release)
    return post


def _heading(words: str) -> str:
    return f"## {words}"


def _paragraphs(release: LetterRelease) -> list[str]:
    letter = release.letter
    told = [_heading(_("What you said"))]
    told += [f"- {finding.statement}" for finding in _cited(letter)] or [
        _("Tell here what the council heard.")
    ]
    told.append(_heading(_("What we did")))
    said = _("The council wrote the director a letter: %(verdict)s.")
    told.append(said % {"verdict": letter.get_verdict_display() or letter.subject})
    conditions = Condition.objects.filter(dossier=letter.dossier)
    told += [f"- {row.text} ({row.get_state_display()})" for row in conditions]
    told.append(_heading(_("What the director decided")))
    decision = Decision.objects.filter(dossier=letter.dossier).first()
    if decision is None:
        told.append(_("There is no decision yet. You will hear from us as soon as there is."))
    elif decision.follows == Follows.UNJUDGED:
        told.append(_("The decision is there. The council is still weighing it."))
    else:
        decided = _("The decision %(follows)s.")
        told.append(decided % {"follows": decision.get_follows_display()})
        if decision.reasons:
            told.append(decision.reasons)
    return told


def _cited(letter: Letter) -> list[Finding]:
    numbers = {
        citation.number
        for section in letter.sections.all()
        for citation in prose.citations(section.body)
    }
    return list(Finding.objects.filter(dossier=letter.dossier, number__in=numbers))
