"""Lists of commitments, key targets and progress at a glance; a list that would be longer than LIMIT is cut and says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ..edition import STATUS_WORDS, Card, Edition
from .snippets import Place, bare, catalogue
from .views import LIMIT, SHAPES, TEMPLATES, Made, plain, source, view

_PAGE = TEMPLATES.get_template("list.html")
_FRAGMENT = TEMPLATES.get_template("list.fragment.html")
_QUOTE = 240  # characters of a quote in a list
_HEIGHT = 480


@dataclass(frozen=True, slots=True)
class _Count:
    status: str
    shape: str
    label: str
    count: int
    leads: str


def made(edition: Edition, place: Place) -> Iterator[Made]:
    """Every list of the catalogue."""
    rows = _Rows(edition, place)
    for one in catalogue(edition):
        title = f"{plain(one.label)} · {plain(edition.title.text)}"
        values = {
            "e": edition, "t": edition.t, "one": one, "title": title, "source": source(edition),
            "counts": _counts(edition) if one.name == "list-glance" else (), "oembed": place.oembed(one.name),
        }  # fmt: skip
        own = [card for card in edition.cards if one.holds(card)]
        yield Made(
            name=one.name,
            title=title,
            height=_HEIGHT,
            page=_fitted(
                lambda body, shown, values=values, own=own: _PAGE.render(body=body, shown=shown, n=len(own), **values),
                [rows.page(card) for card in own],
            ),
            fragment=_fitted(
                lambda body, shown, values=values, own=own, one=one: bare(
                    _FRAGMENT.render(
                        body=body,
                        shown=shown,
                        n=len(own),
                        url=place.address(one.leads),
                        address=place.address,
                        **values,
                    )
                ),
                [rows.fragment(card) for card in own],
            ),
            leads=one.leads,
        )


class _Rows:
    """A commitment's row in a page and in a fragment, made once however many lists it stands in."""

    def __init__(self, edition: Edition, place: Place):
        self.edition, self.place = edition, place
        self.pages: dict[str, Markup] = {}
        self.fragments: dict[str, Markup] = {}
        self.views = {card.id: view(card, edition, _QUOTE, 3) for card in edition.cards}

    def page(self, card: Card) -> Markup:
        return self._made(self.pages, _PAGE, card, "../../" + self.views[card.id].leads)

    def fragment(self, card: Card) -> Markup:
        return self._made(self.fragments, _FRAGMENT, card, self.place.address(self.views[card.id].leads))

    def _made(self, known: dict[str, Markup], template, card: Card, url: str) -> Markup:
        if card.id not in known:
            known[card.id] = template.module.row(self.views[card.id], self.edition.language, self.edition.t, url)
        return known[card.id]


def _fitted(render: Callable[[Markup, int], str], rows: list[Markup]) -> str:
    """The list with as many of its rows as LIMIT allows, in bytes."""
    sizes = [len(row.encode()) for row in rows]
    left = LIMIT - len(render(Markup(""), 0).encode())  # with the note that rows are missing
    shown, used = 0, 0
    while shown < len(rows) and used + sizes[shown] <= left - 8:  # a longer number in the note
        used += sizes[shown]
        shown += 1
    return render(Markup("").join(rows[:shown]), shown)


def _counts(edition: Edition) -> list[_Count]:
    index = f"{edition.report.id}/commitments/index.html"
    return [
        _Count(status, SHAPES.get(status, "○"), edition.t(STATUS_WORDS[status]), count, f"{index}?status={status}")
        for status, count in edition.counts.items()
    ]
