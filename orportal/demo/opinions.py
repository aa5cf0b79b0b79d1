"""What the demo's colleagues wrote about choosing their own shifts, and its themes."""

from people.models import Person
from polls.actions.reviewing import review_answer
from polls.actions.theming import add_theme, assign
from polls.models import Consultation, OpenAnswer

FAIR, REST, HOME, PHONE = (
    "Eerlijk verdelen",
    "Rust en bezetting",
    "Werk en thuis",
    "Meedoen zonder app",
)
THEMES = (FAIR, REST, HOME, PHONE)
OPEN: tuple[str, ...] = ()
"""Under no theme yet: there is something left for a visitor to file."""

FILED: dict[str, tuple[str, ...]] = {
    "Ik ben bang dat wie het hardst roept straks de mooiste diensten krijgt.": (FAIR,),
    "Geef een toeslag voor diensten die niemand wil.": (FAIR,),
    "Verdeel de weekenden eerlijk, niet steeds dezelfde mensen.": (FAIR,),
    "Eerlijk verdelen, ook de feestdagen. Kerst werkt nu altijd hetzelfde clubje.": (FAIR,),
    "Wie doet straks de nachtdiensten? Spreek af dat iedereen er een paar doet.": (FAIR, REST),
    "Nieuwe collega’s moeten evenveel te kiezen hebben als wie hier al jaren werkt.": (FAIR,),
    "Kijk achteraf of de weekenden eerlijk verdeeld waren en laat dat aan iedereen zien.": (FAIR,),
    "In de nacht zijn we nu al met te weinig. Los dat eerst op.": (REST,),
    "Rust tussen diensten: geen vroege na een late dienst.": (REST,),
    "Let op de rusttijden, na een nacht twee dagen rust.": (REST,),
    "Genoeg rust na nachtdiensten is voor oudere collega’s belangrijk.": (REST,),
    "De werkdruk is al hoog. Met gaten in het rooster wordt het alleen maar zwaarder.": (REST,),
    "Eerst meer collega’s op de nacht, dan pas een nieuw rooster.": (REST,),
    "Als ik mijn diensten zelf mag kiezen, kan ik eindelijk op vaste avonden sporten.": (HOME,),
    "Voor ouders met jonge kinderen is dit een uitkomst.": (HOME,),
    "De opvang sluit om zes uur. Late diensten kan ik alleen op vaste dagen doen.": (HOME,),
    "Een vaste vrije dag is voor mij belangrijker dan alles zelf kiezen.": (HOME,),
    "Mijn vrouw werkt ook in de zorg. Nu zien we elkaar soms een week niet.": (HOME,),
    "Ik zorg voor mijn moeder. Zelf kiezen scheelt mij een hoop geregel.": (HOME,),
    "Ik heb geen smartphone. Kan het ook op papier?": (PHONE,),
    "De app moet ook op een oude telefoon werken.": (PHONE,),
    "Niet iedereen is handig met een telefoon of computer. Denk aan hen.": (PHONE,),
    "Zorg voor een goede app, de app van nu loopt steeds vast.": (PHONE,),
    "Zet in de teamkamer een computer neer waar je het rooster rustig kunt invullen.": (PHONE,),
    "Begin met een proef, dan weten we wat er misgaat.": OPEN,
    "Probeer het eerst uit met één team, een proef van drie maanden.": OPEN,
    "Een proef met een team dat wil, en daarna samen kijken.": OPEN,
    "Houd na de proef een stemming per team, anders voelt het als opgelegd.": OPEN,
    "Laat de planner erbij blijven, die weet wie wat aankan.": OPEN,
    "De planner kent ons, laat de planner meekijken voordat het rooster vast is.": OPEN,
    "Wie maakt het rooster rond als er gaten zijn? De planner?": OPEN,
    "Bel gerust met Karin op 06-12345678, zij deed dit al in haar vorige huis.": OPEN,
}
SAID = tuple(FILED)


def file(question: Consultation, by: Person) -> None:
    """The council has read most of it and found four themes; the rest waits for a visitor."""
    themes = {name: add_theme(question, "q1", name, by) for name in THEMES}
    rows = {answer.text: answer for answer in OpenAnswer.objects.filter(consultation=question)}
    for text, names in FILED.items():
        answer = rows.get(text)
        if answer is None or not names:
            continue
        review_answer(answer, may_be_shown=True, redacted_text="", by=by)
        for name in names:
            assign(themes[name], [answer.key], by)
