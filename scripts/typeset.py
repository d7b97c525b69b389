"""Half-width punctuation between Han characters shown full-width, as Chinese is typeset; one character for one, so spans hold.

Decimal points, thousands, times, ratios and Latin text keep theirs. The source file and every quote stay as they are.
"""

from __future__ import annotations

import re
from functools import cache

_WIDE = str.maketrans(",:;!?()", "，：；！？（）")
_MARK = re.compile(r"[,:;!?()]")
_HAN = re.compile(r"[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef\U00020000-\U0003ffff“”‘’—…]")


@cache
def typeset(text: str) -> str:
    """The text with full-width punctuation where it is Chinese, of the same length."""
    if not _MARK.search(text) or not _HAN.search(text):
        return text
    result, open_brackets = list(text), []
    for found in _MARK.finditer(text):
        mark, at = found.group(), found.start()
        if mark == "(":
            wide = _chinese(text, at, _inside(text, at))
            open_brackets.append(wide)
        elif mark == ")":
            wide = open_brackets.pop() if open_brackets else _chinese(text, at, "")
        else:
            wide = _chinese(text, at, "")
        if wide:
            result[at] = mark.translate(_WIDE)
    return "".join(result)


def _inside(text: str, at: int) -> str:
    return text[at + 1 :].partition(")")[0]


def _chinese(text: str, at: int, inside: str) -> bool:
    """Whether a mark belongs to Chinese: not between two Latin or numeral characters, and with Han on one side."""
    mark, before, after = text[at], text[:at][-1:], text[at + 1 : at + 2]
    if inside:
        return bool(_HAN.search(inside) or (before and _HAN.match(before)))
    if (_latin(before) and (_latin(after) or after == " ")) or after == "/":
        return False
    if before and (before in "<>=&{}[]\\|" or (mark == ";" and re.search(r"&\w{1,8}$", text[:at]))):  # code, not prose
        return False
    near = text[max(0, at - 12) : at] + text[at + 1 : at + 13]
    return bool(_HAN.search(near)) and not (after == " " and re.match(r" [A-Za-z]", text[at + 1 : at + 3]))


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def pieces(texts: list[str]) -> list[str]:
    """Neighbouring pieces of one text, typeset as one."""
    whole, result, at = typeset("".join(texts)), [], 0
    for text in texts:
        result.append(whole[at : at + len(text)])
        at += len(text)
    return result
