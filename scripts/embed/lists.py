"""Lists of commitments, key targets and progress at a glance; a list longer than LIMIT goes on in further files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..edition import STATUS_WORDS, Card, Edition
from .snippets import LIST_HEIGHT, UNKNOWN, List, Place, bare, catalogue, list_ways
from .views import LIMIT, SHAPES, TEMPLATES, Made, plain, source, view

_PAGE = TEMPLATES.get_template("list.html")
_FRAGMENT = TEMPLATES.get_template("list.fragment.html")
_QUOTE = 240  # characters of a quote in a list


@dataclass(frozen=True, slots=True)
class _Count:
    status: str
    shape: str
    label: str
    count: int
    leads: str


@dataclass(frozen=True, slots=True)
class _Part:
    """What one file shows of a list: its rows from the `first` to the `last` of `n`, and the files before and after."""

    body: Markup
    first: int
    last: int
    n: int
    before: str = ""
    after: str = ""


def cuts(editions: Iterable[Edition], base_url: str) -> dict[str, list[int]]:
    """After how many rows each file of each list ends: as many as fit into LIMIT, in bytes.

    They are the same in a report's every language, so that addresses differ by language only, and in page and fragment, so
    that a fragment can lead to the page with the rows that follow.
    """
    columns: dict[str, list[tuple[int, list[int]]]] = {}  # room for rows, and what each row takes
    for edition in editions:
        place = Place(base_url, edition)
        rows = _Rows(edition, place)
        for one in catalogue(edition):
            own = [card for card in edition.cards if one.holds(card)]
            n, values = len(own), _values(one, edition, place)
            widest = _Part(Markup(""), n, n, n, _name(one, n), _name(one, n))  # no numbers and names take more room
            for empty, row in (
                (_page(widest, one.name, values), rows.page),
                (_fragment(widest, values), rows.fragment),
            ):
                sizes = [len(row(card).encode()) for card in own]
                columns.setdefault(one.name, []).append((LIMIT - len(empty.encode()), sizes))
    return {name: _ends(own) for name, own in columns.items()}


def _ends(columns: Sequence[tuple[int, list[int]]]) -> list[int]:
    ends, begin = [], 0
    rows = len(columns[0][1])
    for row in range(1, rows):
        if any(sum(sizes[begin : row + 1]) > room for room, sizes in columns):
            ends.append(row)
            begin = row
    return [*ends, rows]


def made(edition: Edition, place: Place, ends_of: Mapping[str, Sequence[int]]) -> Iterator[Made]:
    """Every file of every list of the catalogue."""
    rows = _Rows(edition, place)
    for one in catalogue(edition):
        values = _values(one, edition, place)
        own = [card for card in edition.cards if one.holds(card)]
        ends = ends_of[one.name]
        for number, (first, last) in enumerate(zip([0, *ends], ends, strict=False), 1):
            name = _name(one, number)
            between = (
                first + 1, last, len(own),
                _name(one, number - 1) if number > 1 else "", _name(one, number + 1) if last < len(own) else "",
            )  # fmt: skip
            page, fragment = (
                _Part(Markup("").join(map(row, own[first:last])), *between) for row in (rows.page, rows.fragment)
            )
            yield Made(
                name=name, title=values["title"], height=LIST_HEIGHT, page=_page(page, name, values),
                fragment=_fragment(fragment, values), leads=one.leads, continues=number > 1,
            )  # fmt: skip


def ways(one: List, edition: Edition, base_url: str) -> list[tuple[str, Markup]]:
    """(label, code) of the ways to embed a list that has no rows: progress at a glance, the guide's example."""
    values = _values(one, edition, Place(base_url or UNKNOWN, edition))
    return list_ways(one, _fragment(_Part(Markup(""), 0, 0, 0), values, styled=True), edition, base_url)


def _values(one: List, edition: Edition, place: Place) -> dict:
    return {
        "e": edition, "t": edition.t, "one": one, "title": f"{plain(one.label)} · {plain(edition.title.text)}",
        "source": source(edition), "counts": _counts(edition) if one.name == "list-glance" else (), "place": place,
    }  # fmt: skip


def _page(part: _Part, name: str, values: dict) -> str:
    first = name == values["one"].name  # a list is embedded from its beginning
    return _PAGE.render(part=part, oembed=values["place"].oembed(name) if first else "", **values)


def _fragment(part: _Part, values: dict, styled: bool = False) -> str:
    return bare(_FRAGMENT.render(part=part, styled=styled, **values))


def _name(one: List, number: int) -> str:
    return one.name if number == 1 else f"{one.name}-{number}"


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


def _counts(edition: Edition) -> list[_Count]:
    index = f"{edition.report.id}/commitments/index.html"
    return [
        _Count(status, SHAPES.get(status, "○"), edition.t(STATUS_WORDS[status]), count, f"{index}?status={status}")
        for status, count in edition.counts.items()
    ]
