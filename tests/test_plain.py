"""Texts for titles, tags and attributes, where nothing isolates their direction."""

from scripts.plain import plain


def test_direction_marks_and_line_ends_go_and_words_stay():
    """A mark left open would turn what follows the title in a browser's tab or a list of results."""
    assert plain("  a\u202eb\u2066c\u2069\n\td\u0000 ") == "a b c d"
    assert plain("言行 · “x” ’") == "言行 · “x” ’"
