"""oEmbed 1.0 (oembed.com), type rich, as a static file for each embed: all that a consumer asks for stands in it."""

from __future__ import annotations

import json

from ..edition import Edition
from .snippets import WIDTH, Place, iframe
from .views import Made, plain

_DAY = 86_400


def rich(made: Made, edition: Edition, place: Place, provider: str) -> str:
    """The response for one embed; < > & are escapes, so that no text of a report becomes a tag wherever this is pasted."""
    value = {
        "type": "rich",
        "version": "1.0",
        "title": made.title,
        "author_name": plain(edition.issuer.text),
        "author_url": place.address(f"{edition.report.id}/index.html"),
        "provider_name": plain(provider),
        "provider_url": place.base,
        "cache_age": _DAY,
        "width": WIDTH,
        "height": made.height,
        "html": iframe(place.embed(made.name), made.title, made.height),
    }
    text = json.dumps(value, ensure_ascii=False)
    return text.translate({ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}) + "\n"
