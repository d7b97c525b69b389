"""How a commitment is cited: GB/T 7714—2015 (an online report) and APA 7."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from markupsafe import Markup

from ..edition import Card, Edition

# The day of access is the reader's: the page's script writes it, and without one the reader does.
_TODAY = Markup('<time data-today="{}">{}</time>')


def citations(card: Card, edition: Edition, base_url: str) -> list[tuple[str, Markup]]:
    """(style, citation) of a commitment on its own page; the address is the site's, or the official text's if it has none."""
    report, t = edition.report, edition.t
    path = f"{edition.language}/{report.id}/commitments/{card.id}.html"
    address = Markup("<span data-address>{}</span>").format(base_url + path if base_url else report.url)
    place = f"{card.record.paragraph}, {card.id}"
    title, issuer = edition.title.text, edition.issuer.text
    published = f"({report.published})" if report.published else ""
    chinese = Markup("{}. {}[R/OL]: {}. {}[{}]. {}.").format(
        issuer, title, place, published, _TODAY.format("iso", t("引用日期")), address
    )
    english = Markup("{}. ({}). <cite>{}</cite> [{}]. {}").format(
        issuer, _apa(report.published, report.year), title, place, address
    )
    return [("GB/T 7714", chinese), ("APA", english)]


def _apa(published: str, year: int) -> str:
    if len(published) != 10:
        return str(year)
    return format_date(date.fromisoformat(published), "y, MMMM d", locale="en")
