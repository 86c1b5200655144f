"""Counts of what is on the site."""

from collections import Counter

from django.db.models import Count, Exists, F, OuterRef, Q

from organisaties.choices import LocatieSoort
from organisaties.models import Activiteit, Moment, Organisatie, Taal


def totals() -> dict[str, int]:
    """How many organisations, activities and spoken languages the site shows."""
    organisaties = Organisatie.objects.published()
    by_activity = Activiteit.talen.through.objects.filter(
        taal=OuterRef("pk"), activiteit__in=Activiteit.objects.listed()
    )
    by_organisation = Organisatie.talen.through.objects.filter(taal=OuterRef("pk"), organisatie__in=organisaties)
    return {
        "organisaties": organisaties.count(),
        "activiteiten": Activiteit.objects.listed().count(),
        "talen": Taal.objects.filter(Exists(by_activity) | Exists(by_organisation)).count(),
    }


def per_thema() -> Counter[int]:
    """The number of listed activities per theme, by the id of the theme; an activity counts for each of its themes."""
    listed = Activiteit.objects.listed().order_by()
    main = listed.values_list("thema").annotate(n=Count("pk"))
    beside = (
        listed.filter(andere_themas__isnull=False)
        .exclude(andere_themas=F("thema"))
        .values_list("andere_themas")
        .annotate(n=Count("pk", distinct=True))
    )
    return Counter(dict(main)) + Counter(dict(beside))


def per_stadsdeel() -> Counter[int]:
    """The number of listed activities per district, by the id of the district. Hidden places count nowhere."""
    shown = Activiteit.objects.listed().order_by().filter(locatie__soort=LocatieSoort.ADRES)
    own = shown.filter(locatie__stadsdeel__isnull=False).values_list("locatie__stadsdeel").annotate(n=Count("pk"))
    same = Q(activiteit__locatie__stadsdeel=F("locatie__stadsdeel"), activiteit__locatie__soort=LocatieSoort.ADRES)
    elsewhere = (
        Moment.objects.listed()
        .order_by()
        .filter(locatie__soort=LocatieSoort.ADRES, locatie__stadsdeel__isnull=False)
        .exclude(same)
        .values_list("locatie__stadsdeel")
        .annotate(n=Count("activiteit", distinct=True))
    )
    return Counter(dict(own)) + Counter(dict(elsewhere))
