"""Cutting a list into pages that never fail."""

from collections.abc import Iterator, Sequence

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 20


class Bladen(Paginator):
    """Pages of a list. A page that does not exist is the first one."""

    def get_page(self, number: str | int) -> Page:
        text = str(number)
        valid = text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= self.num_pages
        return self.page(int(text) if valid else 1)

    def numbers(self, page: Page) -> Iterator[str | int]:
        """At most five numbers to choose from, with a mark where some are left out."""
        return self.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


def page_of(request: HttpRequest, rows: QuerySet | Sequence) -> Page:
    """The page of a list that `?pagina=` asks for, with `page.numbers` to choose another one.

    `page.vraag` is the query string that the number of a page goes behind.
    """
    paginator = Bladen(rows, PER_PAGE)
    page = paginator.get_page(request.GET.get("pagina", "1"))
    page.numbers = list(paginator.numbers(page))
    query = request.GET.copy()
    query.pop("pagina", None)
    page.vraag = f"?{query.urlencode()}&" if query else "?"
    return page
