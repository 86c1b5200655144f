"""Pages of text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from organisaties import teksten
from organisaties.choices import PaginaSleutel, Soort
from organisaties.models import Pagina
from organisaties.views.lijsten import totalen
from organisaties.zoeken import lijst


@require_safe
def pagina(request: HttpRequest, sleutel: str) -> HttpResponse:
    """A page by its key. The network's own story and the one for editors have templates of their own."""
    page = get_object_or_404(Pagina, sleutel=sleutel)
    context = {"pagina": page, "delen": teksten.parts(page.tekst)}
    if sleutel == PaginaSleutel.OVER_ONS:
        context["totalen"] = totalen(lijst(Soort.ACTIVITEIT), lijst(Soort.ORGANISATIE))
        return render(request, "paginas/over_ons.html", context)
    template = "paginas/mijn.html" if sleutel == PaginaSleutel.MIJN else "paginas/detail.html"
    return render(request, template, context)
