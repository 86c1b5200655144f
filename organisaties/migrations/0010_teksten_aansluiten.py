"""Joining goes by a form, and an editor logs in: the pages about that and about privacy say so.

A text that coordinators have changed stays as it is: only what still is, word for word, one of our former texts is
replaced by what stands in gegevens/paginas/.
"""

import hashlib
from pathlib import Path

from django.db import migrations

PAGINAS = Path(__file__).resolve().parent.parent / "gegevens" / "paginas"

# the SHA-256 of the former texts: title, first paragraph and text, with an empty line between them
VROEGER = {
    ("aansluiten", "en"): {
        "e0a97313de1f290783b4029b1a585ef7016c72e4ee4b85c584452e891f8bb40d",
    },
    ("aansluiten", "nl"): {
        "f89385381c3966387653d3efdc4cb831c5f6a0b302f921c0276170235907b8bf",
    },
    ("mijn", "en"): {
        "5a31473ad6c59fec088fdce13d76716c22a10637f23f16298ea3396752a56424",
    },
    ("mijn", "nl"): {
        "4c2e94d2a5d4a8a2b3991c84d8f1dd30f12edd4672949b8100bc4d26f5360087",
    },
    ("privacy", "en"): {
        "5d95f8739cb82357f9f456599b27d844cdba409b1ebd0e66bf0c148b256539f4",
        "745a204558709b98373ccead5777bbf5de7d77f5c5e639d0bef4d3034ed25257",
        "7a9d319a5db3fc8bc0ccf5964936cf6c73a7a1d2f0b5fee4288ef186a23b2302",
        "b2f14c9bd28c5df3179bc46afed4bc5b1c7f29ded902f54d4e3a141940fc9da9",
    },
    ("privacy", "nl"): {
        "391547be41ea507dac636eaaea4eccdb652ff748f41caf1358c6a19aa17a4b3f",
        "9efda9a79c89d9ffd7f8b86767334e24a88acd20097863833569f4f2fd6e4fc4",
        "c13e25a5e9b18b17d74bd1104b9c4925ccdbe19675b8353c86563ba01d98d25c",
        "cb82607abceb0972fc086a5c702ae823ec2b4a5e521d5c999a2aa4625bf7e073",
    },
}


def renew_pages(apps, schema_editor):
    objects = apps.get_model("organisaties", "Pagina").objects.using(schema_editor.connection.alias)
    for (sleutel, taal), former in VROEGER.items():
        columns = [f"{column}_{taal}" for column in ("titel", "inleiding", "tekst")]
        for pagina in objects.filter(sleutel=sleutel):
            text = "\n\n".join(getattr(pagina, column) for column in columns)
            if hashlib.sha256(text.encode()).hexdigest() in former:
                file = (PAGINAS / f"{sleutel}.{taal}.md").read_text(encoding="utf-8")
                for column, value in zip(columns, file.removeprefix("# ").strip().split("\n\n", 2)):
                    setattr(pagina, column, value)
                pagina.save()


class Migration(migrations.Migration):
    dependencies = [("organisaties", "0009_groepen")]

    operations = [migrations.RunPython(renew_pages, migrations.RunPython.noop)]
