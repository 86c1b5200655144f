"""When an activity takes place, for who edits it: blocks of time, the dates they give, and pauses."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from organisaties import actions, agenda
from organisaties.choices import Planning, UitzonderingSoort
from organisaties.forms.momenten import DatumForm, MomentForm, PauzeForm, PlanningForm, new_of
from organisaties.models import Activiteit, Gebruiker, Moment, Uitzondering
from organisaties.views.deur import see, typed_before, voor_beheerders

AHEAD = 12
"""How many times to come the page lists."""

PAST = 10
"""How many loose dates that are over the page still lists."""

# --- the page of all times


@voor_beheerders
def wanneer(request: HttpRequest, slug: str, activiteit: str) -> HttpResponse:
    """All times. A post takes one away (`weg`; `?weg=` asks it), ends a pause (`einde`) or says the planning."""
    own = _own(request, slug, activiteit)
    if request.method != "POST":
        return _show(request, own, PlanningForm(own, typed_before(request)))
    if "weg" in request.POST:
        return _remove(own, request.POST["weg"], door=request.user)
    if "einde" in request.POST:
        return _end_pauze(own, request.POST["einde"], door=request.user)
    form = PlanningForm(own, request.POST)
    if not form.is_valid():
        return _show(request, own, form)
    if form.cleaned_data["planning"] == Planning.VAST and not own.momenten.all():
        return see(reverse("mijn-moment-nieuw", args=_address(own)))
    try:
        actions.set_planning(own, door=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error("planning", error)
        return _show(request, own, form)
    return _back(own, "planning")


def _own(request: HttpRequest, slug: str, activiteit: str) -> Activiteit:
    """The activity, with its moments, when this person edits it."""
    momenten = Moment.objects.select_related("locatie__stadsdeel").prefetch_related("uitzonderingen")
    rows = Activiteit.objects.editable_by(request.user).select_related("organisatie", "locatie__stadsdeel")
    own = get_object_or_404(
        rows.prefetch_related(Prefetch("momenten", momenten)), slug=activiteit, organisatie__slug=slug
    )
    for moment in own.momenten.all():
        moment.activiteit = own
    return own


def _number(own: Activiteit, number: str) -> Moment | None:
    return next((moment for moment in own.momenten.all() if str(moment.pk) == number), None)


def _remove(own: Activiteit, number: str, *, door: Gebruiker) -> HttpResponse:
    """Another press may have taken it away already: that is what was asked."""
    if found := _number(own, number):
        try:
            actions.remove_moment(found, door=door)
        except actions.Veranderd:
            return _back(own, "weg")
    return _back(own, "weg")


def _end_pauze(own: Activiteit, number: str, *, door: Gebruiker) -> HttpResponse:
    if found := next((pause for pause in agenda.pauses(own) if str(pause.pk) == number), None):
        actions.end_pauze(own, door=door, pauze=found)
    return _back(own, "pauze-weg")


def _show(request: HttpRequest, own: Activiteit, form: PlanningForm, **context: object) -> HttpResponse:
    today = timezone.localdate()
    momenten = sorted(own.momenten.all(), key=lambda moment: (not moment.regel, moment.start_on, moment.pk))
    over = [moment for moment in momenten if moment.laatste_on and moment.laatste_on < today]
    context |= {
        "form": form,
        "momenten": [moment for moment in momenten if moment not in over],
        "voorbij": over[: -PAST - 1 : -1],
        "keren": agenda.planned_times(own, AHEAD),
        "pauzes": agenda.pauses(own),
        "weg": _number(own, request.GET.get("weg", "")),
        "klaar": request.GET.get("klaar", ""),
    }
    return _render(request, own, "mijn/wanneer.html", context)


# --- one block of time


@voor_beheerders
def moment_nieuw(request: HttpRequest, slug: str, activiteit: str) -> HttpResponse:
    """More times. The button `toon` only shows the dates."""
    own = _own(request, slug, activiteit)
    if request.method != "POST":
        return _show_moment(request, own, MomentForm(own, typed_before(request)))
    form = MomentForm(own, request.POST)
    if form.is_valid() and "toon" not in request.POST:
        try:
            actions.add_momenten(own, momenten=form.momenten, door=request.user)
        except ValidationError as error:
            form.add_error("ritme", error)
        else:
            return _back(own, "erbij")
    return _show_moment(request, own, form)


@voor_beheerders
def moment(request: HttpRequest, slug: str, activiteit: str, moment: int) -> HttpResponse:
    """Change a block. When somebody else did so meanwhile nothing is stored, and the page says both."""
    own = _own(request, slug, activiteit)
    if "afdruk" in request.POST and not Moment.objects.filter(pk=moment).exists():
        return _show_moment(request, own, MomentForm(own, new_of(request.POST)), is_weg=True)
    found = _moment(own, moment)
    if request.method != "POST":
        return _show_moment(request, own, MomentForm(own, typed_before(request), moment=found))
    form = MomentForm(own, request.POST, moment=found)
    if not form.is_valid() or "toon" in request.POST:
        return _show_moment(request, own, form)
    try:
        afdruk = form.cleaned_data["afdruk"]
        gone = actions.change_moment(found, nieuw=form.momenten[0], afdruk=afdruk, door=request.user)
    except actions.Veranderd:
        now = _moment(_own(request, slug, activiteit), moment)
        form.renew_afdruk(now)
        return _show_moment(request, own, form, anders=now)
    except ValidationError as error:
        form.add_error("ritme", error)
        return _show_moment(request, own, form)
    return _back(own, "veranderd-minder" if gone else "veranderd")


def _moment(own: Activiteit, number: int) -> Moment:
    """A block of this activity. Raises Http404."""
    if found := _number(own, str(number)):
        return found
    raise Http404


def _show_moment(request: HttpRequest, own: Activiteit, form: MomentForm, **context: object) -> HttpResponse:
    is_whole = form.is_bound and form.is_valid()
    shown = form.momenten if is_whole else [form.moment] if form.moment and not form.is_bound else []
    context = {
        "form": form,
        "moment": form.moment,
        "getypt": form.momenten[0] if is_whole else None,
        "voorbeeld": agenda.plain_times(shown),
        "is_getypt": is_whole,
        "vervallen": is_whole and form.vervallen,
        **context,
    }
    return _render(request, own, "mijn/moment.html", context)


# --- one date


@voor_beheerders
def datum(request: HttpRequest, slug: str, activiteit: str, *, moment: int, datum: str) -> HttpResponse:
    """Call one date off, move it, or (`terug`) let it take place after all. What another changed meanwhile is shown."""
    own = _own(request, slug, activiteit)
    if "afdruk" in request.POST and not _is_date(own, moment, datum):
        return _show_gone(request, own)
    found = _moment(own, moment)
    day, stored = _date(found, datum)
    if request.method != "POST":
        form = DatumForm(found, day, typed_before(request), stored=stored, soort=request.GET.get("soort", ""))
        return _show_date(request, own, form, stored)
    form = DatumForm(found, day, request.POST, stored=stored)
    if "terug" not in request.POST and not form.is_valid():
        return _show_date(request, own, form, stored)
    try:
        return _back(own, _change_date(request, form))
    except actions.Veranderd:
        return _show_changed_date(request, form)


def _change_date(request: HttpRequest, form: DatumForm) -> str:
    """What was done, by the name of its message. Raises Veranderd when it is not what was on the screen."""
    which = {"door": request.user, "datum": form.dag, "afdruk": request.POST.get("afdruk")}
    if "terug" in request.POST:
        actions.restore_date(form.moment, **which)
        return "terug"
    if form.cleaned_data["soort"] == UitzonderingSoort.OVERGESLAGEN:
        is_typed = "reden_nl" in request.POST  # the button in the list of dates asks for no reason
        actions.skip_date(form.moment, **which, **(form.redenen if is_typed else {}))
        return "overgeslagen"
    actions.move_date(form.moment, naar=form.cleaned_data["naar"], uren=form.uren, **which, **form.redenen)
    return "verplaatst"


def _show_changed_date(request: HttpRequest, form: DatumForm) -> HttpResponse:
    """A date as somebody else left it, and what was typed here, if anything."""
    own = _own(request, *_address(form.moment.activiteit))
    if not _is_date(own, form.moment.pk, form.dag.isoformat()):
        return _show_gone(request, own)
    found = _moment(own, form.moment.pk)
    _day, now = _date(found, form.dag.isoformat())
    if "soort" in request.POST:
        form.renew_afdruk(now)
    else:
        form = DatumForm(found, form.dag, stored=now)
    return _show_date(request, own, form, now, is_anders=True)


def _is_date(own: Activiteit, number: int, text: str) -> bool:
    """Whether a date that was on the screen is still one. A block of another activity is for `_moment` to refuse."""
    if not (found := _number(own, str(number))):
        return Moment.objects.filter(pk=number).exists()
    try:
        _date(found, text)
    except Http404:
        return False
    return True


def _show_gone(request: HttpRequest, own: Activiteit) -> HttpResponse:
    """All times, after a date that is none any more; what was typed of it is shown."""
    typed = [request.POST.get(name, "") for name in ("reden_nl", "reden_en")]
    return _show(request, own, PlanningForm(own), is_weg=True, niet_bewaard=[text for text in typed if text])


def _date(found: Moment, text: str) -> tuple[date, Uitzondering | None]:
    """A date of a block, and what is known of it. Raises Http404 for a date on which it never takes place."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if day.isoformat() != text:
        raise Http404
    single = (e for e in found.uitzonderingen.all() if e.soort != UitzonderingSoort.PAUZE)
    stored = next((e for e in single if e.datum_on == day), None)
    if stored is None and not found.falls_on(day):
        raise Http404
    return day, stored


def _show_date(
    request: HttpRequest, own: Activiteit, form: DatumForm, stored: Uitzondering | None, **context: object
) -> HttpResponse:
    context |= {"form": form, "moment": form.moment, "dag_zelf": form.dag, "uitzondering": stored}
    return _render(request, own, "mijn/datum.html", context)


# --- a pause


@voor_beheerders
def pauze(request: HttpRequest, slug: str, activiteit: str) -> HttpResponse:
    """A while in which nothing takes place."""
    own = _own(request, slug, activiteit)
    is_sent = request.method == "POST"
    form = PauzeForm(request.POST if is_sent else typed_before(request))
    if is_sent and form.is_valid():
        try:
            actions.pause_activiteit(own, door=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("eerste", error)
        else:
            return _back(own, "pauze")
    return _render(request, own, "mijn/pauze.html", {"form": form})


# --- what all of them share


def _address(own: Activiteit) -> list[str]:
    return [own.organisatie.slug, own.slug]


def _back(own: Activiteit, klaar: str) -> HttpResponse:
    return see(f"{reverse('mijn-wanneer', args=_address(own))}?klaar={klaar}")


def _render(request: HttpRequest, own: Activiteit, template: str, context: dict[str, object]) -> HttpResponse:
    shared = {
        "organisatie": own.organisatie,
        "activiteit": own,
        "was_weg": request.method != "POST" and getattr(context["form"], "is_bound", False),
        "heeft_meer": request.user.beheert.count() > 1,
    }
    return render(request, template, shared | context)
