"""Which column is which: the names that Dutch HR systems give them, best name first."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# AFAS, Visma, Exact, SAP, Workday, Personio and hand-made lists. Compared without case, accents,
# spaces and signs. Where a file has several columns for one field, the earlier name wins. Private
# addresses, sickness and contract end dates are left out on purpose: not ours to take.
NAMES: dict[str, str] = {
    "staff_number": (
        "personeelsnummer personeelsnr personeelnummer personeelsnum persnr persnummer pnr"
        " medewerkernummer medewerkersnummer medewerkernr medewerkersnr medewerkercode mwnr"
        " werknemernummer werknemersnummer werknemernr werknemersnr werknemercode"
        " medewerkerid werknemerid personeelsid stamnummer registratienummer loonnummer"
        " personnelnumber personnelno persno staffnumber staffno staffid employeenumber employeeno"
        " employeeid employeecode persoonsnummer medewerker werknemer nummer nr id"
    ),
    "given_name": (
        "roepnaam voornaam eerstevoornaam voornamen firstname givenname preferredname knownas"
        " preferredfirstname voorletters initialen initials"
    ),
    "infix": (
        "tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels voorvoegselachternaam"
        " tussenvoegselachternaam tussenvoegselsachternaam voorvoegselgeboortenaam"
        " tussenvoegselgeboortenaam infix nameprefix lastnameprefix tv tussenv vv vvg"
    ),
    "family_name": (
        "achternaam familienaam achternaammedewerker achternaamwerknemer lastname surname"
        " familyname geboorteachternaam geboortenaam"
    ),
    "full_name": (
        "volledigenaam medewerkernaam naammedewerker medewerkersnaam werknemersnaam werknemernaam"
        " naamwerknemer weergavenaam fullname displayname employeename naam name"
    ),
    "email": (
        "emailwerk werkemail werkmail werkmailadres werkemailadres emailadreswerk zakelijkemail"
        " emailzakelijk zakelijkemailadres emailadreszakelijk workemail emailwork businessemail"
        " emailadres email mailadres emailaddress mail primairemail primairemailadres"
    ),
    "unit": (
        "afdeling afdelingsnaam afdelingnaam naamafdeling afdelingomschrijving"
        " afdelingsomschrijving omschrijvingafdeling organisatieeenheid organisatorischeeenheid"
        " oeomschrijving omschrijvingoe naamoe oe orgeenheid organisatieonderdeel department"
        " departmentname orgunit organizationalunit organisationalunit team teamnaam unit"
        " afdelingscode afdelingcode kostenplaatsomschrijving kostenplaats"
    ),
    "site": (
        "vestiging vestigingsnaam vestigingnaam naamvestiging vestigingomschrijving"
        " omschrijvingvestiging locatie locatienaam naamlocatie werklocatie standplaats"
        " plaatstewerkstelling site sitename location worklocation office gebouw"
        " vestigingscode locatiecode"
    ),
    "shift": "ploeg ploegendienst ploegnaam dienst dienstrooster roostergroep rooster shift",
    "hired_on": (
        "datumindienst indienstdatum datumindiensttreding indiensttreding indienst indienstper"
        " indienstsinds indienstvanaf begindatumdienstverband ingangsdatumdienstverband"
        " startdatumdienstverband startdatum begindatum ingangsdatum hiredate dateofhire startdate"
    ),
    "left_on": (
        "datumuitdienst uitdienstdatum datumuitdiensttreding uitdiensttreding uitdienst"
        " uitdienstper einddatumdienstverband eindedienstverband datumeindedienstverband einddatum"
        " terminationdate dateofleaving leavingdate enddate"
    ),
    "on_long_leave": (
        "langdurigafwezig langdurigafwezigheid langafwezig langdurigverlof onleave longleave"
        " onlongleave afwezig"
    ),
}
_FIELD_BY_NAME = {
    name: (field, rank) for field, names in NAMES.items() for rank, name in enumerate(names.split())
}


@dataclass(frozen=True)
class Heading:
    """Where each field stands: positions from 0, the words used, and what is left unused."""

    positions: dict[str, int]
    words: dict[str, str]
    unused: tuple[str, ...]
    width: int

    @property
    def is_enough(self) -> bool:
        """Whether people can be told apart and named by it."""
        return "staff_number" in self.positions and (
            "family_name" in self.positions or "full_name" in self.positions
        )


def plain(word: str) -> str:
    """``word`` as headings are compared: lower case letters and digits, no accents."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return re.sub(r"[^a-z0-9]", "", decomposed)


def find_heading(cells: Sequence[object]) -> Heading:
    """Read ``cells`` as a heading; check ``is_enough`` before relying on it."""
    best: dict[str, tuple[int, int]] = {}
    for position, cell in enumerate(cells):
        found = _FIELD_BY_NAME.get(plain(cell)) if isinstance(cell, str) else None
        if found is None:
            continue
        field, rank = found
        if field not in best or rank < best[field][0]:
            best[field] = (rank, position)
    if "family_name" in best:
        best.pop("full_name", None)
    positions = {field: position for field, (_rank, position) in best.items()}
    words = {field: str(cells[position]).strip() for field, position in positions.items()}
    used = set(positions.values())
    unused = tuple(
        str(cell).strip()
        for position, cell in enumerate(cells)
        if position not in used and cell is not None and str(cell).strip()
    )
    return Heading(positions, words, unused, width=len(cells))
