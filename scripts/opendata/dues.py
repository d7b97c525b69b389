"""iCalendar (RFC 5545): the days on which commitments fall due, an all-day event a day.

Days that the report itself names stand each for themselves; everything else falls due with the report's horizon, in one event
that counts it. Events, not tasks (VTODO): few calendars show tasks of a subscription.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from ..edition import Card, Edition
from .common import Place, plain

_LISTED = 20  # commitments that an event names one by one


def last_day(due: str) -> date:
    """The last day of a date of any precision: 2020-06-30 for 2020-06."""
    if len(due) == 10:
        return date.fromisoformat(due)
    year, month = int(due[:4]), int(due[5:7] or 12)
    return date(year, month, monthrange(year, month)[1])


def calendar(edition: Edition, place: Place) -> bytes:
    """The calendar of an edition."""
    report, t = edition.report, edition.t
    days: dict[date, list[Card]] = defaultdict(list)
    for card in edition.cards:
        days[last_day(card.record.due or report.horizon)].append(card)
    days.setdefault(last_day(report.horizon), [])
    result = Calendar()
    result.add("prodid", "-//Yanxing//due dates//EN")
    result.add("version", "2.0")
    result.add("x-wr-calname", plain(t("%(title)s：完成时限", title=edition.title.text)))
    stamp = datetime.fromisoformat(report.as_of).replace(tzinfo=UTC)
    for day, cards in sorted(days.items()):
        result.add_component(_event(edition, place, day, cards, stamp))
    return result.to_ical()


def _event(edition: Edition, place: Place, day: date, cards: list[Card], stamp: datetime) -> Event:
    t, title = edition.t, edition.title.text
    event = Event()
    name = place.tag(edition, "due", day.isoformat(), edition.language)
    event.add("uid", str(uuid5(NAMESPACE_URL, name)))  # RFC 7986, 5.3: a UUID, here always the same one
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    event.add("summary", plain(t("%(n)d项承诺到期：%(title)s", n=len(cards), title=title)))
    lines = [t("· %(text)s（%(status)s）", text=card.quote.text, status=card.status_label) for card in cards[:_LISTED]]
    if len(cards) > _LISTED:
        lines.append(t("……另有%(n)d项", n=len(cards) - _LISTED))
    event.add("description", plain("\n".join(lines)))
    if place.project.base_url:  # RFC 5545, 3.8.4.6: an absolute address, or none
        event.add("url", place.page(edition.language, edition.report.id, "commitments/index.html"))
    return event
