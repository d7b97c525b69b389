"""A commitment as a card: a page for an iframe, and a fragment to paste or include."""

from __future__ import annotations

from collections.abc import Iterator

from ..edition import Edition
from .snippets import Place, fragment
from .views import TEMPLATES, Made, height_of, source, title_of, view

_PAGE = TEMPLATES.get_template("card.html")


def made(edition: Edition, place: Place) -> Iterator[Made]:
    """The cards of every commitment."""
    for card in edition.cards:
        shown = view(card, edition)
        title = title_of(card, edition)
        yield Made(
            name=card.id,
            title=title,
            height=height_of(shown, edition),
            page=_PAGE.render(
                e=edition, t=edition.t, v=shown, title=title, source=source(edition), oembed=place.oembed(card.id)
            ),
            fragment=fragment(card, edition, place.address(shown.leads)),
            leads=shown.leads,
        )
