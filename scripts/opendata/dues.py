"""iCalendar (RFC 5545): the days on which commitments fall due, as all-day events.

A commitment for which the report itself names a deadline has an event of its own; all others fall due with the report's horizon,
in an event a section or livelihood project that names each of them. Events, not tasks (VTODO): few calendars show tasks of a subscription.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from ..edition import Card, Edition
from ..plain import plain as one_line
from .common import SCHEMA_VERSION, Place, plain

_SHORT, _HEADING, _NAME = 60, 100, 200  # characters of a commitment, of a section's heading, of a title


def last_day(due: str) -> date:
    """The last day of a date of any precision: 2020-06-30 for 2020-06."""
    if len(due) == 10:
        return date.fromisoformat(due)
    year, month = int(due[:4]), int(due[5:7] or 12)
    return date(year, month, monthrange(year, month)[1])


def calendar(edition: Edition, place: Place) -> bytes:
    """The calendar of an edition."""
    report, t = edition.report, edition.t
    result = Calendar()
    result.add("prodid", "-//Yanxing//due dates//EN")
    result.add("version", "2.0")
    result.add("x-yanxing-schema-version", SCHEMA_VERSION)
    result.add("x-wr-calname", plain(one_line(t("%(title)s：完成时限", title=edition.title.text), _NAME)))
    stamp = datetime.fromisoformat(report.as_of).replace(tzinfo=UTC)
    for due in _dues(edition):
        result.add_component(_event(edition, place, due, stamp))
    return result.to_ical()


@dataclass(frozen=True, slots=True)
class _Due:
    """An event: `key` names it for ever (a commitment, a section, or nothing where there is nothing else to say)."""

    key: tuple[str, ...]
    day: date
    about: str
    address: str  # below the report's folder
    cards: tuple[Card, ...] = ()


def _dues(edition: Edition) -> list[_Due]:
    """What falls due, by day: each commitment with a deadline of its own, and the others of each section together."""
    end, found = last_day(edition.report.horizon), []
    by_section: dict[str, list[Card]] = defaultdict(list)
    for card in edition.cards:
        if card.record.due:
            day = last_day(card.record.due)
            found.append(_Due((card.id,), day, card.quote.text, f"commitments/{card.id}.html", (card,)))
        else:
            by_section[card.section].append(card)
    for section, cards in by_section.items():
        address = f"commitments/index.html?section={section}#list"
        found.append(_Due((section,), end, cards[0].section_label, address, tuple(cards)))
    if not found:  # a calendar must have an event (RFC 5545, 3.6)
        found.append(_Due((), end, edition.title.text, "commitments/index.html"))
    return sorted(found, key=lambda due: due.day)


def _event(edition: Edition, place: Place, due: _Due, stamp: datetime) -> Event:
    t, report = edition.t, edition.report
    event = Event()
    # RFC 7986, 5.3: a UUID, here always the same one, in every language and when the deadline moves.
    event.add("uid", str(uuid5(NAMESPACE_URL, place.tag(edition, "due", *due.key))))
    event.add("dtstamp", stamp)
    # Histories only grow, so this never falls; it rises when the event says something new (RFC 5545, 3.8.7.4).
    event.add("sequence", sum(len(card.record.history) for card in due.cards))
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    about = one_line(due.about, _HEADING)
    event.add("summary", plain(t("%(n)d项承诺到期：%(title)s", n=len(due.cards), title=about)))
    lines = [one_line(edition.title.text, _NAME)]
    for card in due.cards:
        said = f"{card.id} {one_line(card.quote.text, _SHORT)}"
        lines.append(t("· %(text)s（%(status)s）", text=said, status=card.status_label))
        if place.project.base_url:
            lines.append(place.page(edition.language, report.id, f"commitments/{card.id}.html"))
    event.add("description", plain("\n".join(lines)))
    if place.project.base_url:  # RFC 5545, 3.8.4.6: an absolute address, or none
        event.add("url", place.page(edition.language, report.id, due.address))
    return event
