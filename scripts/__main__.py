"""The command line: python -m scripts COMMAND. A command a function, no logic of its own."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

import click

from . import checks, config, docs, draft, exchange, history, ledger, link, new, share, site, split, tag
from .bilingual.compare import file_alarms
from .errors import Problem, Problems
from .read import read_document

_file = click.argument("file", type=click.Path(path_type=Path))
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class _Group(click.Group):
    """A user sees one clear line for everything that is expected to go wrong, a full disk or a locked file included."""

    def main(self, *args, **kwargs):
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(
                    encoding="utf-8", errors="replace"
                )  # a Windows console may be set to another code page
        return super().main(*args, **kwargs)

    def invoke(self, context: click.Context):
        try:
            return super().invoke(context)
        except BrokenPipeError:  # the reader of a pipe has gone, as `head` does; click ends quietly
            raise
        except OSError as error:
            raise Problem(
                error.strerror or str(error), file=error.filename, todo="is the disk full, or a file open elsewhere?"
            ) from None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True, resolve_path=True),
    default=config.ROOT,
    help="The project's folder.",
)
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Yanxing 言行: a government work report and its commitments as a searchable site in three languages."""
    context.obj = root


@main.command("split")
@_file
@_json
def split_command(file: Path, as_json: bool) -> None:
    """Show the outline of any text: parts, sections, paragraphs, sentences."""
    outline = split.split(read_document(file).text)
    if as_json:
        click.echo(
            json.dumps({name: value for name, value in asdict(outline).items() if name != "text"}, ensure_ascii=False)
        )
        return
    for part in outline.parts:
        click.echo(f"{part.kind} [{part.start}, {part.end})  {part.heading}")
        for section in part.sections:
            click.echo(
                f"{'  ' * section.level}{section.id}  {section.number}{section.heading}  ({len(section.paragraphs)} paragraphs)"
            )


@main.command("tag")
@_file
@_json
@click.option("--force", is_flag=True, help="Tag a text even if it seems to be no work report.")
def tag_command(file: Path, as_json: bool, force: bool) -> None:
    """Find the commitments and targets of any work report."""
    try:
        tagging = tag.tag(read_document(file).text, force=force)
    except Problem as problem:
        if problem.file is None:
            raise type(problem)(problem.message, file=file) from None
        raise
    if as_json:
        value = asdict(replace(tagging, outline=None)) | {"year": tagging.outline.year}
        del value["outline"]
        click.echo(json.dumps(value, ensure_ascii=False))
        return
    for commitment in tagging.commitments:
        click.echo(f"{commitment.section}  {commitment.paragraph}  {commitment.quote}")
        for target in commitment.targets:
            click.echo(f"      {target.indicator}  {target.operator} {target.value} {target.unit}")
    click.echo(
        f"{len(tagging.commitments)} commitments, {sum(len(one.targets) for one in tagging.commitments)} targets, "
        f"{len(tagging.results)} results, {len(tagging.baselines)} baselines, {len(tagging.repeats)} repeats",
        err=True,
    )


@main.command("new")
@click.argument("report_id")
@_file
@click.pass_obj
def new_command(root: Path, report_id: str, file: Path) -> None:
    """Begin a new report: source/REPORT_ID/ from its text file."""
    folder = new.new_report(config.load_project(root), report_id, file)
    click.echo(f"{folder / 'report.yml'}: complete it, then run draft {report_id}")


@main.command("draft")
@click.argument("report_id")
@click.pass_obj
def draft_command(root: Path, report_id: str) -> None:
    """Write the ledger of a report; run again, it keeps what people changed."""
    result = draft.draft(config.load_project(root).report(report_id))
    click.echo(
        f"{len(result.new)} new, {len(result.followed)} followed the text, {len(result.kept)} kept as a person wrote them"
    )
    for title, entries in (
        ("no longer stands in the text", result.lost),
        ("unconfirmed, and the tagger no longer finds it", result.unseen),
        ("removed by a person earlier, not written again", result.removed),
        ("kept; the tagger proposes something else", result.kept),
    ):
        for entry in entries:
            click.echo(f"  {entry}: {title}")


@main.command("link")
@click.argument("report_id")
@click.argument("previous_id")
@click.option("--accept", "accepting", is_flag=True, help="Add the rows answered with yes to the ledger as evidence.")
@click.pass_obj
def link_command(root: Path, report_id: str, previous_id: str, accepting: bool) -> None:
    """Propose, for last year's commitments, the sentences of this year's report that tell what came of them."""
    project = config.load_project(root)
    current, previous = project.report(report_id), project.report(previous_id)
    if accepting:
        click.echo(f"{link.accept(previous, current)} commitments have new evidence; their status is yours to set")
        return
    file, rows = link.propose(previous, current)
    click.echo(f"{file}: {rows} proposals; answer yes or no in the last column, then run with --accept")


@main.command("export")
@click.argument("report_id")
@click.option("--format", "kind", type=click.Choice(exchange.FORMATS), default="xliff", show_default=True)
@click.option("--only", type=click.Choice(("all", "missing")), default="all", help="Drafts count as missing.")
@click.option("--output", type=click.Path(path_type=Path), help="The file to write.  [default: REPORT_ID.xlf or .tmx]")
@click.pass_obj
def export_command(root: Path, report_id: str, kind: str, only: str, output: Path | None) -> None:
    """Write a report's segments for a translation agency, as XLIFF or TMX."""
    project = config.load_project(root)
    content, units = exchange.export(project, project.report(report_id), kind, missing=only == "missing")
    click.echo(f"{exchange.write(output or Path(report_id + exchange.SUFFIXES[kind]), content)}: {units} segments")


@main.command("import")
@click.argument("report_id")
@_file
@click.option("--replace", is_flag=True, help="Replace what a person translated; the old one is kept as a comment.")
@click.pass_obj
def import_command(root: Path, report_id: str, file: Path, replace: bool) -> None:
    """Take a translated XLIFF or TMX file into a report's en.po."""
    project = config.load_project(root)
    result = exchange.take(project, project.report(report_id), file, replace=replace)
    for line in (*result.kept, *result.refused):
        click.echo(f"  {line}")
    click.echo(
        f"{len(result.taken)} taken over, {result.same} already the same, {len(result.kept)} kept as a person wrote them, "
        f"{len(result.refused)} refused, {result.empty} without a translation"
    )


@main.command("build")
@click.pass_obj
def build_command(root: Path) -> None:
    """Build the site: source/ → docs/ → site/."""
    _build(root)


def _build(root: Path) -> None:
    project = config.load_project(root)
    if problems := checks.problems(project):
        raise Problems(problems)
    _say("writing docs/ …")
    by_language = docs.write_docs(project)
    _say(f"building {len(project.languages)} languages …")
    folder = site.build_site(project, done=lambda language: _say(f"  {language} done"))
    first = by_language[project.languages[0]]
    for edition in first:
        history.publish(edition.report, tuple(card.record for card in edition.cards))
    commitments = sum(len(edition.cards) for edition in first)
    targets = sum(len(card.targets) for edition in first for card in edition.cards)
    for remark in checks.remarks(edition for own in by_language.values() for edition in own):
        click.echo(remark)
    if project.base_url and project.reports and not share.available():
        click.echo(share.MISSING)
    click.echo(
        f"{folder / 'index.html'}: {commitments} commitments, {targets} targets, {site.page_count(folder)} pages"
    )


def _say(line: str) -> None:
    """Progress, for someone who watches."""
    if sys.stderr.isatty():
        click.echo(line, err=True)


@main.command("package")
@click.option("--sign", "signer", metavar="TOOL:KEY", default="", help="Sign SHA256SUMS: minisign:KEY-FILE or gpg:KEY.")
@click.pass_obj
def package_command(root: Path, signer: str) -> None:
    """Make dist/: offline zips, single HTML files, print editions (PDF), checksums."""
    from . import package

    project = config.load_project(root)
    if problems := checks.problems(project):
        raise Problems(problems)
    made = package.package(project, _say, signer)
    for report in project.reports:
        history.publish(report, ledger.load(report))
    for line in made.remarks:
        click.echo(line)
    for file in made.files:
        click.echo(f"{file.stat().st_size:>10,}  {file}")


@main.command("verify")
@click.argument("where", metavar="FOLDER-ZIP-OR-ADDRESS")
@click.option(
    "--manifest", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="One from a source you trust."
)
def verify_command(where: str, manifest: Path | None) -> None:
    """Check an unpacked copy, a zip, dist/ or a site on the web against its manifest; name what differs."""
    from .package import verify

    count, differences = verify.verify(where, manifest)
    if differences:
        raise Problems([Problem(line, file=where) for line in differences])
    click.echo(f"{where}: {count} files, all as the manifest says")


@main.command("translate")
@click.argument("report_id")
@click.option(
    "--engine",
    "name",
    metavar="NAME",
    help="google, mymemory, deepl, libre, microsoft or baidu; keys from the environment.",
)
@click.option(
    "--limit-seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=30,
    show_default=True,
    help="For each request.",
)
@click.option("--only", type=click.IntRange(1), metavar="N", help="Translate N texts, for a trial.")
@click.pass_obj
def translate_command(root: Path, report_id: str, name: str | None, limit_seconds: float, only: int | None) -> None:
    """Bring a report's en.po up to date; with --engine, draft by machine what has no English yet."""
    from . import engines, translate

    engine = engines.engine(name, limit_seconds) if name else None
    result = translate.translate(config.load_project(root), report_id, engine, only)
    click.echo(result.summary)
    if result.problems:
        raise Problems(result.problems)


@main.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.pass_obj
def serve_command(root: Path, port: int) -> None:
    """Build, serve on this machine only, and build again when source/ or overrides/ change."""
    from .serve import serve

    serve(config.load_project(root), port, lambda: _build(root))


@main.command("figures")
@_file
@_json
def figures_command(file: Path, as_json: bool) -> None:
    """Check the figures of Chinese<TAB>English pairs, a pair a line: print each alarm with its line and reason."""
    for row, reason in file_alarms(file):
        click.echo(
            json.dumps({"row": row, "reason": reason}, ensure_ascii=False) if as_json else f"{file}:{row}: {reason}"
        )


@main.command("check")
@click.pass_obj
def check_command(root: Path) -> None:
    """Say everything that is wrong in source/, one line each; exit status 1 if anything is."""
    problems, remarks = checks.check(config.load_project(root))
    for remark in remarks:
        click.echo(remark)
    if problems:
        raise Problems(problems)
    click.echo("nothing wrong")


if __name__ == "__main__":
    main(prog_name="python -m scripts")
