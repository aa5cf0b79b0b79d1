"""Setting up, the staff list, roles, and the dossier: steps 0 to 2."""

from tests.walk.conftest import Walk

PASSWORD = "vier gele fietsen buiten"
COLLEAGUES = 30
"""Besides the named ones: enough for answers to be anonymous."""

_HEADER = "Personeelsnr;Voornaam;Tussenv.;Achternaam;E-mailadres;Afdeling;Vestiging;Datum in dienst"
_NAMED = """\
000101;Sanne;de;Wit;sanne@delinde.example;Verpleging;Lindenhof;01-03-2019;
000102;Omar;;Haddad;;Facilitair;Lindenhof;01-03-2019;
000103;Fatima;;Yılmaz;fatima@delinde.example;Verpleging;Lindenhof;01-03-2019;
000104;Joris;van den;Berg;joris@delinde.example;Facilitair;Lindenhof;01-03-2019;
000106;Margriet;;Bakker;margriet@delinde.example;Bestuur;Lindenhof;01-03-2019;
000108;Eva;;Smit;eva@delinde.example;Verpleging;Lindenhof;01-03-2019;31-10-2026
000101;Sanne;de;Wit;sanne@delinde.example;Verpleging;Lindenhof;01-03-2019;
000300;Bram;;Fout;bram@delinde.example;Verpleging;Lindenhof;31-02-2019;
"""


def staff_list() -> bytes:
    """A list as an HR system writes it: semicolons, Windows line ends, a BOM, its own headings.

    Two people twice or unreadable, one without mail, one who left, and ``COLLEAGUES`` more.
    """
    rows = _NAMED.splitlines()
    for number in range(COLLEAGUES):
        unit = "Verpleging" if number % 3 else "Facilitair"
        mail = f"noor{number}@delinde.example"
        rows.append(f"{200 + number:06d};Noor;;Visser {number};{mail};{unit};Lindenhof;01-03-2019;")
    return "\r\n".join([f"{_HEADER};Datum uit dienst", *rows, ""]).encode("utf-8-sig")


def set_up(walk: Walk) -> None:
    """Step 0. An empty portal is set up with the code from its terminal, by the secretary."""
    ineke = walk.of_the_council("ineke")
    ineke.go("/inrichten/")
    ineke.fill(
        code=walk.code,
        organisation="Zorggroep De Linde",
        given_name="Ineke",
        family_name="Postma",
        email="ineke@delinde.example",
        password=PASSWORD,
    )
    ineke.press("Richt het portaal in")
    ineke.reads("Het portaal is ingericht")
    ineke.waits_for_the_portal()
    ineke.sign_in("ineke@delinde.example", PASSWORD)
    ineke.reads("Dag Ineke")


def import_the_staff_list(walk: Walk) -> None:
    """Step 1. Nothing is written before "import"; faults are told by line; leavers lose access."""
    ineke = walk.people["ineke"]
    file = walk.folder / "lijst.csv"
    file.write_bytes(staff_list())
    ineke.go("/mensen/personeelslijst/")
    ineke.attach("file", file)
    ineke.press("Laat zien wat er verandert")
    ineke.reads("31-02-2019", "is geen datum", "telt één keer", "Verpleging, Facilitair, Bestuur")
    preview = ineke.page.url
    ineke.go("/mensen/")
    ineke.does_not_read("Sanne")
    ineke.go(preview)
    ineke.press("Inlezen", exact=True)
    ineke.reads("De personeelslijst is ingelezen")
    ineke.go("/mensen/?q=Sanne")
    ineke.reads("Sanne de Wit")
    for name, role in (
        ("Fatima Yılmaz", "OR-lid"),
        ("Joris van den Berg", "voorzitter"),
        ("Margriet Bakker", "bestuurder"),
    ):
        ineke.go(f"/mensen/?q={name.split()[-1]}")
        ineke.follow(name)
        ineke.select("role", role)
        ineke.press("Deze rol geven")
        ineke.reads(f"is nu {role}")
    ineke.go("/mensen/rollen/")
    for name, address in (("fatima", "fatima"), ("joris", "joris")):
        walk.of_the_council(name).sign_in_by_mail(f"{address}@delinde.example", walk.post)
    walk.colleague("sanne").sign_in_by_mail("sanne@delinde.example", walk.post)


def open_the_dossier(walk: Walk) -> None:
    """Step 2. A member opens an art. 25 dossier; the council's start page shows what is due."""
    fatima = walk.people["fatima"]
    fatima.go("/dossiers/nieuw/")
    fatima.fill(title="Zelfroosteren in de zorg", summary="De bestuurder wil **zelfroosteren**.")
    fatima.press("Dossier openen")
    fatima.reads("Het dossier is open", "Adviesaanvraag (art. 25)", "Afgesproken termijn")
    walk.places["dossier"] = fatima.path
    fatima.go("/")
    fatima.reads("Wat eraan komt", "Afgesproken termijn", "Zelfroosteren in de zorg")


def lose_a_colleague(walk: Walk) -> None:
    """Back to step 1, later: who is not on the next list has no access at once."""
    ineke, leaver = walk.people["ineke"], walk.colleague("noor29")
    leaver.sign_in_by_mail("noor29@delinde.example", walk.post)
    file = walk.folder / "lijst-2.csv"
    lines = staff_list().splitlines(keepends=True)
    file.write_bytes(b"".join(line for line in lines if b"noor29@" not in line))
    ineke.go("/mensen/personeelslijst/")
    ineke.attach("file", file)
    ineke.press("Laat zien wat er verandert")
    ineke.reads("Visser 29")
    ineke.press("Inlezen", exact=True)
    ineke.reads("De personeelslijst is ingelezen")
    leaver.page.goto("/")
    assert "/accounts/login/" in leaver.page.url
