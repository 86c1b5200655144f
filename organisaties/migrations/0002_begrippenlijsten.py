"""The lists that entries choose from, and the first text of each page.

The lists are fixed: running this again puts them right. The pages are the coordinators': a page that is there stays
as it is. The texts stand in gegevens/paginas/, one file per page and language.
"""

from pathlib import Path

from django.db import migrations

PAGINAS = Path(__file__).resolve().parent.parent / "gegevens" / "paginas"
SLEUTELS = ("over-ons", "aansluiten", "mijn", "privacy", "toegankelijkheid", "colofon")

# slug, naam_nl, naam_en, omschrijving_nl, omschrijving_en
THEMAS = (
    (
        "ontmoeten",
        "Ontmoeten",
        "Meeting people",
        "Leer mensen kennen, drink koffie of eet samen.",
        "Get to know people, drink coffee or eat together.",
    ),
    (
        "taal",
        "Taal oefenen",
        "Practising Dutch",
        "Oefen Nederlands in een groep, in een les of met één persoon.",
        "Practise Dutch in a group, in a class or with one person.",
    ),
    (
        "wegwijs",
        "Vragen en wegwijs",
        "Questions and finding your way",
        "Stel je vraag over brieven, regels en het leven in de stad.",
        "Ask your question about letters, rules and life in the city.",
    ),
    (
        "werk",
        "Werk en ondernemen",
        "Work and business",
        "Zoek werk, leer een vak of begin je eigen bedrijf.",
        "Find work, learn a trade or start your own business.",
    ),
    (
        "leren",
        "Leren en studeren",
        "Learning and study",
        "Volg een cursus of opleiding, of krijg hulp bij je studie.",
        "Take a course or training, or get help with your studies.",
    ),
    (
        "gezondheid",
        "Gezondheid",
        "Health",
        "Praat met een dokter, of met iemand over hoe je je voelt.",
        "Talk to a doctor, or to someone about how you feel.",
    ),
    (
        "recht",
        "Recht en procedure",
        "Legal help",
        "Krijg hulp bij je rechten, je papieren en je procedure.",
        "Get help with your rights, your papers and your procedure.",
    ),
    (
        "sport",
        "Sport en bewegen",
        "Sport and exercise",
        "Voetbal, fiets of beweeg samen met anderen.",
        "Play football, cycle or exercise together with others.",
    ),
    (
        "cultuur",
        "Cultuur en maken",
        "Culture and making",
        "Maak muziek, theater of kunst, of kom kijken.",
        "Make music, theatre or art, or come and watch.",
    ),
    (
        "gezin",
        "Kinderen en gezin",
        "Children and family",
        "Doe iets leuks met je kinderen, of krijg hulp als ouder.",
        "Do something nice with your children, or get help as a parent.",
    ),
    (
        "wonen",
        "Wonen en geld",
        "Housing and money",
        "Krijg hulp bij een woning, bij geld en bij rekeningen.",
        "Get help with a home, with money and with bills.",
    ),
    (
        "vrijwilligerswerk",
        "Vrijwilligerswerk",
        "Volunteering",
        "Help anderen, leer mensen kennen en doe ervaring op.",
        "Help others, get to know people and gain experience.",
    ),
)

# slug, naam_nl, naam_en
VORMEN = (
    ("inloop", "Inloop", "Drop-in"),
    ("cafe", "Café", "Café"),
    ("groep", "Groep", "Group"),
    ("cursus", "Cursus", "Course"),
    ("maatje", "Maatje", "Buddy"),
    ("spreekuur", "Spreekuur", "Advice hour"),
    ("samen-eten", "Samen eten", "Eating together"),
    ("online", "Online", "Online"),
)

DOELGROEPEN = (
    ("vrouwen", "Vrouwen", "Women"),
    ("mannen", "Mannen", "Men"),
    ("jongeren", "Jongeren", "Young people"),
    ("ouderen", "Ouderen", "Older people"),
    ("ouders-en-kinderen", "Ouders en kinderen", "Parents and children"),
    ("lhbtiq", "Lhbtiq+", "LGBTIQ+ people"),
    ("statushouders", "Mensen met een verblijfsvergunning", "People with a residence permit"),
    ("asielzoekers", "Mensen die asiel vragen", "People who ask for asylum"),
    ("oekrainers", "Mensen uit Oekraïne", "People from Ukraine"),
    ("ongedocumenteerden", "Mensen zonder verblijfsvergunning", "People without a residence permit"),
    ("arbeidsmigranten", "Mensen die hier komen werken", "People who come here to work"),
)

# BCP 47 code, naam_nl, naam_en, eigen_naam. These come first, in this order; the others by their Dutch name.
TALEN_VOORAAN = (
    ("nl", "Nederlands", "Dutch", "Nederlands"),
    ("en", "Engels", "English", "English"),
    ("ar", "Arabisch", "Arabic", "العربية"),
    ("uk", "Oekraïens", "Ukrainian", "Українська"),
    ("ti", "Tigrinya", "Tigrinya", "ትግርኛ"),
    ("tr", "Turks", "Turkish", "Türkçe"),
    ("fa", "Farsi (Perzisch)", "Farsi (Persian)", "فارسی"),
)
TALEN = (
    ("sq", "Albanees", "Albanian", "Shqip"),
    ("am", "Amhaars", "Amharic", "አማርኛ"),
    ("hy", "Armeens", "Armenian", "Հայերեն"),
    ("bn", "Bengaals", "Bengali", "বাংলা"),
    ("ber", "Berbers (Tamazight)", "Berber (Tamazight)", "ⵜⴰⵎⴰⵣⵉⵖⵜ"),
    ("bs", "Bosnisch", "Bosnian", "Bosanski"),
    ("bg", "Bulgaars", "Bulgarian", "Български"),
    ("zh", "Chinees", "Chinese", "中文"),
    ("fa-af", "Dari", "Dari", "دری"),
    ("de", "Duits", "German", "Deutsch"),
    ("fr", "Frans", "French", "Français"),
    ("ka", "Georgisch", "Georgian", "ქართული"),
    ("el", "Grieks", "Greek", "Ελληνικά"),
    ("ha", "Hausa", "Hausa", "Hausa"),
    ("hi", "Hindi", "Hindi", "हिन्दी"),
    ("hu", "Hongaars", "Hungarian", "Magyar"),
    ("ig", "Igbo", "Igbo", "Igbo"),
    ("id", "Indonesisch", "Indonesian", "Bahasa Indonesia"),
    ("it", "Italiaans", "Italian", "Italiano"),
    ("ku", "Koerdisch (Kurmanji)", "Kurdish (Kurmanji)", "Kurmancî"),
    ("ckb", "Koerdisch (Sorani)", "Kurdish (Sorani)", "سۆرانی"),
    ("ln", "Lingala", "Lingala", "Lingála"),
    ("ne", "Nepalees", "Nepali", "नेपाली"),
    ("om", "Oromo", "Oromo", "Afaan Oromoo"),
    ("pap", "Papiaments", "Papiamento", "Papiamentu"),
    ("ps", "Pasjtoe", "Pashto", "پښتو"),
    ("pl", "Pools", "Polish", "Polski"),
    ("pt", "Portugees", "Portuguese", "Português"),
    ("pa", "Punjabi", "Punjabi", "ਪੰਜਾਬੀ"),
    ("ro", "Roemeens", "Romanian", "Română"),
    ("ru", "Russisch", "Russian", "Русский"),
    ("sr", "Servisch", "Serbian", "Српски"),
    ("so", "Somalisch", "Somali", "Soomaali"),
    ("es", "Spaans", "Spanish", "Español"),
    ("srn", "Sranantongo", "Sranan Tongo", "Sranantongo"),
    ("sw", "Swahili", "Swahili", "Kiswahili"),
    ("tl", "Tagalog", "Tagalog", "Tagalog"),
    ("ta", "Tamil", "Tamil", "தமிழ்"),
    ("th", "Thai", "Thai", "ไทย"),
    ("tw", "Twi", "Twi", "Twi"),
    ("ur", "Urdu", "Urdu", "اردو"),
    ("vi", "Vietnamees", "Vietnamese", "Tiếng Việt"),
    ("yo", "Yoruba", "Yoruba", "Èdè Yorùbá"),
)

# slug, the city's own letter, naam, soort
STADSDELEN = (
    ("centrum", "A", "Centrum", "stadsdeel"),
    ("noord", "N", "Noord", "stadsdeel"),
    ("nieuw-west", "F", "Nieuw-West", "stadsdeel"),
    ("oost", "M", "Oost", "stadsdeel"),
    ("west", "E", "West", "stadsdeel"),
    ("westpoort", "B", "Westpoort", "havengebied"),
    ("zuid", "K", "Zuid", "stadsdeel"),
    ("zuidoost", "T", "Zuidoost", "stadsdeel"),
    ("weesp", "S", "Weesp", "stadsgebied"),
)

COLUMNS = {
    "Thema": ("naam_nl", "naam_en", "omschrijving_nl", "omschrijving_en"),
    "Vorm": ("naam_nl", "naam_en"),
    "Doelgroep": ("naam_nl", "naam_en"),
    "Taal": ("naam_nl", "naam_en", "eigen_naam"),
    "Stadsdeel": ("code", "naam", "soort"),
}
ROWS = {
    "Thema": THEMAS,
    "Vorm": VORMEN,
    "Doelgroep": DOELGROEPEN,
    "Taal": (*TALEN_VOORAAN, *TALEN),
    "Stadsdeel": STADSDELEN,
}


def fill_lists(apps, schema_editor):
    for model, rows in ROWS.items():
        objects = apps.get_model("organisaties", model).objects.using(schema_editor.connection.alias)
        for volgorde, (slug, *values) in enumerate(rows, 1):
            found = dict(zip(COLUMNS[model], values, strict=True))
            objects.update_or_create(slug=slug, defaults={**found, "volgorde": volgorde})


def fill_pages(apps, schema_editor):
    objects = apps.get_model("organisaties", "Pagina").objects.using(schema_editor.connection.alias)
    for sleutel in SLEUTELS:
        objects.get_or_create(sleutel=sleutel, defaults={**page(sleutel, "nl"), **page(sleutel, "en")})


def page(sleutel, taal):
    """The columns of a page in one language. Its file has a title after `#`, a first paragraph, and the text."""
    file = (PAGINAS / f"{sleutel}.{taal}.md").read_text(encoding="utf-8")
    titel, inleiding, tekst = file.removeprefix("# ").split("\n\n", 2)
    return {f"titel_{taal}": titel, f"inleiding_{taal}": inleiding, f"tekst_{taal}": tekst.strip()}


class Migration(migrations.Migration):
    dependencies = [("organisaties", "0001_initial")]

    operations = [
        migrations.RunPython(fill_lists, migrations.RunPython.noop),
        migrations.RunPython(fill_pages, migrations.RunPython.noop),
    ]
