"""The picture that a link to a report brings along where it is shared (Open Graph): a PNG of 1200 × 630 for each report and language.

It says the site's name, the report's title and issuer, how many commitments there are and how they stand. A commitment's page
shows its report's picture: one for each of hundreds of commitments, in three languages, would outweigh the site.

The Han font comes with a package (requirements.txt), the same on every machine, so that the same report gives the same bytes;
it has a face for each region's forms of the characters. Shaping is Pillow's basic one, which every build of Pillow has.
"""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

from .edition import STATUS_WORDS, Edition
from .plain import plain

SIZE = (1200, 630)
NAME = "share.png"  # beside the report's page
MISSING = "no share images were drawn: Pillow or the font of noto-cjk-sans-otc is not installed → install requirements.txt again"

_MARGIN, _WIDTH = 80, SIZE[0] - 160
_PAPER, _INK, _SOFT, _ACCENT, _LINE = "#ffffff", "#1b2430", "#55606e", "#1f4b85", "#d9dee5"
# The style sheet's colours of the statuses, in its light theme.
_COLOURS = {
    "in-progress": "#1f4b85", "on-track": "#1f4b85", "behind": "#a03b00", "completed": "#1b6b3a", "exceeded": "#1b6b3a",
    "partly-completed": "#8a5a00", "adjusted": "#8a5a00", "missed": "#a1172b", "dropped": "#a1172b",
}  # fmt: skip
_OPEN = "#9aa4b1"
_NARROW = str.maketrans("‘’“”", "''\"\"")
_FACES = {"zh-Hans": 2, "zh-Hant": 3, "zh-HK": 4, "en": 2}  # in the collection: JP, KR, SC, TC, HK
# A run of letters and figures with its space, or one Han character, each with the marks that may not end a line before it and
# those that may not begin one after it.
_PIECES = re.compile(r"[《（「『“‘]*(?:[!-\u2017\u2020-\u2e7f]+ ?|.)[，。、；：？！）》」』”’…]*")


@cache
def available() -> bool:
    """Whether pictures can be drawn here."""
    try:
        import PIL.ImageFont  # noqa: F401

        return _file().is_file()
    except ImportError:
        return False


def _file() -> Path:
    from noto_cjk_sans_otc import FONT_PATH

    return Path(str(FONT_PATH))


def image(edition: Edition, site_name: str) -> bytes:
    """The PNG of a report in the edition's language; ImportError where it is not `available`."""
    from PIL import Image, ImageDraw

    canvas = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(canvas)
    face = "zh-HK" if edition.language == "zh-Hant" and edition.report.opencc == "s2hk" else edition.language
    draw.rectangle((0, 0, SIZE[0], 14), fill=_ACCENT)
    _line(draw, 56, site_name, face, 34, _ACCENT)

    lines, size = _title(_drawn(edition.title.text, face), face)
    y = 126
    for line in lines:
        draw.text((_MARGIN, y), line, fill=_INK, font=_font(face, size))
        y += round(size * 1.32)
    _line(draw, y + 14, edition.issuer.text, face, 32, _SOFT)

    t = edition.t
    targets = sum(len(card.targets) for card in edition.cards)
    numbers = t("%(n)d项承诺", n=len(edition.cards)) + "  ·  " + t("%(n)d个量化目标", n=targets)
    _line(draw, 418, numbers, face, 42, _INK)
    told, font = t("截至%(day)s", day=edition.as_of), _font(face, 28)
    end = _MARGIN + _WIDTH - font.getlength(told)
    if _MARGIN + _font(face, 42).getlength(numbers) + 30 < end:
        draw.text((end, 431), told, fill=_SOFT, font=font)
    _bar(draw, edition)
    _legend(draw, edition, face)

    # 64 colours hold the few of the drawing and the edges of its letters: a quarter of the bytes.
    small = canvas.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    stream = io.BytesIO()
    small.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _drawn(text: str, face: str) -> str:
    """A text in one line; in English with typewriter quotes, since a Han font has the others as wide as a character."""
    return plain(text).translate(_NARROW) if face == "en" else plain(text)


def _title(text: str, face: str) -> tuple[list[str], int]:
    """The title in at most three lines, as large as they allow."""
    for size in (68, 60, 52, 46):
        lines = _wrapped(text, face, size)
        if len(lines) * size <= 150:
            return lines, size
    return [*lines[:2], _cut(lines[2] + "…", face, size, ended=True)], size


def _wrapped(text: str, face: str, size: int) -> list[str]:
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        while _font(face, size).getlength(piece.rstrip()) > _WIDTH:  # a word that no line can hold
            line, piece = line + piece[:20], piece[20:]
            lines.append(line)
            line = ""
        if line and _font(face, size).getlength((line + piece).rstrip()) > _WIDTH:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _line(draw, y: int, text: str, face: str, size: int, colour: str) -> None:
    draw.text((_MARGIN, y), _cut(_drawn(text, face), face, size), fill=colour, font=_font(face, size))


def _cut(text: str, face: str, size: int, ended: bool = False) -> str:
    """A text in one line, its end left out where it is too long."""
    if _font(face, size).getlength(text) <= _WIDTH:
        return text
    text = text.removesuffix("…") if ended else text
    while text and _font(face, size).getlength(text + "…") > _WIDTH:
        text = text[:-1]
    return text.rstrip() + "…"


def _bar(draw, edition: Edition) -> None:
    """The statuses' shares side by side; one that is not nothing is at least 8 pixels wide."""
    counts, total = edition.counts, max(1, len(edition.cards))
    left = _MARGIN
    room = _WIDTH + 3 - 8 * len(counts)
    for status, count in counts.items():
        right = left + 8 + room * count / total
        draw.rectangle((round(left), 492, round(right) - 3, 516), fill=_COLOURS.get(status, _OPEN))
        left = right


def _legend(draw, edition: Edition, face: str) -> None:
    """Status and number, the most frequent first, as many as a line holds."""
    x, font = _MARGIN, _font(face, 28)
    for status, count in sorted(edition.counts.items(), key=lambda one: -one[1]):
        words = f"{edition.t(STATUS_WORDS[status])} {count}"
        if x + 34 + font.getlength(words) > _MARGIN + _WIDTH:
            break
        draw.rectangle((x, 549, x + 22, 571), fill=_COLOURS.get(status, _OPEN))
        draw.text((x + 34, 540), words, fill=_INK, font=font)
        x += round(34 + font.getlength(words) + 36)


@cache
def _font(face: str, size: int):
    from PIL import ImageFont

    return ImageFont.truetype(str(_file()), size, index=_FACES[face], layout_engine=ImageFont.Layout.BASIC)
