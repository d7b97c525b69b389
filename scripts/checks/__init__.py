"""Everything that can be wrong in source/: one small function per check.

- `records`: text and ledger; what is wrong here stops a build, or the site would say what nobody wrote.
- `translation`: the English; a build goes on, since a reader sees the label and the Chinese, but `check` fails.
- `metadata`: what inspections of government websites ask for, as remarks.
- `script`: Simplified characters on a Traditional page and the reverse, and conversions that nobody has decided yet.

Remarks are counts and gaps that are no mistake, such as segments that are not translated yet.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..assemble import editions
from ..config import Project
from ..edition import ORIGINAL, Edition
from ..errors import Problem
from . import metadata, records, script, translation

problems = records.problems


def check(project: Project) -> tuple[list[Problem], list[str]]:
    """(problems, remarks) over all reports; remarks only where text and ledger are sound."""
    found = records.problems(project)
    if found:
        return found, []
    by_report = [editions(project, report) for report in project.reports]
    for report in project.reports:
        found += translation.problems(project, report)
    found += translation.interface(project)
    found += script.problems(project, by_report)
    remarked = remarks(edition for by_language in by_report for edition in by_language.values())
    for report in project.reports:
        remarked += script.undecided(project, report)
    remarked += metadata.missing(project)
    return found, remarked


def remarks(every: Iterable[Edition]) -> list[str]:
    """Counts of what is still to be done, which is no mistake: segments to translate, commitments to confirm."""
    found = []
    for edition in every:
        name = edition.report.id
        if edition.untranslated:
            found.append(
                f"{name}: {edition.language}: {edition.untranslated} of {edition.segments} segments not yet translated"
            )
        drafts = sum(card.record.review == "draft" for card in edition.cards)
        if drafts and edition.language == ORIGINAL:
            found.append(f"{name}: {drafts} of {len(edition.cards)} commitments not yet confirmed by a person")
    return found
