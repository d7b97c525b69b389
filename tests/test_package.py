"""dist/: what is handed out. Zips that every unpacker opens, checksums that find a changed byte, bytes that repeat, and no
half folder however it ends. What a reader sees in a copy is in test_browser_offline.py."""

import hashlib
import html
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pypdf
import pytest

from scripts import assemble, config
from scripts.errors import Problem
from scripts.package import archive

from .conftest import HALF_WIDTH, ROOT, add_report, edit, snapshot

REPORT = "shangcheng-2020"
ZIP, WHOLE = f"{REPORT}-offline.zip", "yanxing-offline.zip"
NO_BROWSER = {"PATH": "", "CHROMIUM": ""}


def run(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "scripts", "--root", str(root), *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, encoding="utf-8"
    )


@pytest.fixture
def small(qinghe, cli, monkeypatch):
    """The dist/ of a small report, without print editions."""
    monkeypatch.setattr("scripts.chromium.find", lambda: None)
    cli("package", root=qinghe)
    return qinghe / "dist"


# What is there


def test_everything_is_there_and_small_enough(packed):
    sizes = {path.name: path.stat().st_size for path in packed.iterdir()}
    languages = ("zh-Hans", "zh-Hant", "en")
    assert set(sizes) == {
        ZIP, WHOLE, f"{REPORT}.zh-Hans-en.html", *(f"{REPORT}.{one}.{kind}" for one in languages for kind in ("html", "pdf")),
        "manifest.json", "SHA256SUMS",
    }  # fmt: skip
    assert sizes[ZIP] <= 4_000_000 and sizes[WHOLE] <= 4_000_000
    assert all(size <= 1_500_000 for name, size in sizes.items() if name.endswith(".html"))


def test_the_manifest_says_what_it_is_and_what_it_was_made_from(packed):
    found = json.loads((packed / "manifest.json").read_text("utf-8"))
    text = (ROOT / "source" / REPORT / "report.txt").read_bytes()
    assert found["format"] == "1.0" and found["date"] == "2020-09-15T00:00:00Z" and found["version"]
    assert found["sources"][0]["text_sha256"] == hashlib.sha256(text).hexdigest()
    assert {"python", "mkdocs", "OpenCC", "chromium"} <= set(found["tools"])
    assert {one["path"] for one in found["files"]} == {path.name for path in packed.iterdir()} - {
        "manifest.json",
        "SHA256SUMS",
    }


def test_sha256sum_finds_everything_as_it_was(packed):
    if not shutil.which("sha256sum"):
        pytest.skip("no sha256sum here")
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=packed, check=True)


def test_paths_are_short_and_windows_takes_them(packed):
    for name in (ZIP, WHOLE):
        names = zipfile.ZipFile(packed / name).namelist()
        assert names == sorted(names) and {"index.html", "manifest.json"} <= set(names)
        assert max(map(len, names)) <= 150
        archive.check(names)


def test_a_copy_holds_nothing_that_only_a_website_can_offer(packed):
    with zipfile.ZipFile(packed / ZIP) as copy:
        assert not [
            one for one in copy.namelist() if "/embed" in one or one.endswith((".atom.xml", "sitemap.xml", "404.html"))
        ]
        page = copy.read(f"en/{REPORT}/commitments/sc2020-s4-027.html").decode()
    assert "<iframe" not in page and 'rel="canonical"' not in page and "application/ld+json" not in page


@pytest.mark.parametrize(
    ("reason", "name"),
    [
        ("longer than Windows can hold below a folder with a name", "a/" * 74 + "abc"),
        ("a device", "zh-Hans/con/index.html"),
        ("a device with an ending", "data/aux.2031.json"),
        ("a character of its own meaning", "a?.html"),
        ("a drive", "c:a.html"),
        ("a point at the end of a folder", "a./b.html"),
        ("a space at the end", "a/b "),
    ],
)
def test_paths_that_windows_refuses_are_named(reason, name):
    with pytest.raises(Problem, match=r"expected|Windows"):
        archive.check(["index.html", name])


def test_paths_that_differ_by_case_only_are_one_for_windows():
    with pytest.raises(Problem, match="are one for Windows"):
        archive.check(["a/B.html", "a/b.html"])


@pytest.mark.parametrize("program", ["unzip", "7z"])
def test_other_unpackers_open_it(packed, tmp_path, program):
    found = {
        "unzip": shutil.which("unzip"),
        "7z": os.environ.get("SEVENZIP") or shutil.which("7z") or shutil.which("7zz"),
    }
    if not found[program]:
        pytest.skip(f"no {program} here")
    folder = tmp_path / "离线 试验"
    arguments = {"unzip": ["-q", packed / ZIP, "-d", folder], "7z": ["x", "-bd", packed / ZIP, f"-o{folder}"]}[program]
    subprocess.run([found[program], *arguments], check=True, capture_output=True)
    with zipfile.ZipFile(packed / ZIP) as copy:
        assert copy.testzip() is None
        assert snapshot(folder) == {name: copy.read(name) for name in copy.namelist()}


def test_each_report_has_its_own_copy_and_the_whole_has_all(qinghe, cli, monkeypatch):
    monkeypatch.setattr("scripts.chromium.find", lambda: None)
    add_report(qinghe, HALF_WIDTH, "liuxi-2031", "lx2031")
    cli("package", root=qinghe)
    held = {
        path.name: {name.split("/")[1] for name in zipfile.ZipFile(path).namelist() if "2031/index.html" in name}
        for path in (qinghe / "dist").glob("*.zip")
    }
    assert held == {
        WHOLE: {"qinghe-2031", "liuxi-2031"}, "qinghe-2031-offline.zip": {"qinghe-2031"}, "liuxi-2031-offline.zip": {"liuxi-2031"},
    }  # fmt: skip


def test_without_a_browser_all_the_rest_is_made_and_one_line_says_so(qinghe, cli, monkeypatch):
    monkeypatch.setattr("scripts.chromium.find", lambda: None)
    said = cli("package", root=qinghe).output
    assert "no PDF was made" in said and "CHROMIUM" in said
    assert not list((qinghe / "dist").glob("*.pdf")) and (qinghe / "dist" / "qinghe-2031.en.html").exists()


def test_a_browser_that_does_not_run_is_told_and_the_old_copies_stay(small, cli, monkeypatch):
    before = snapshot(small)
    monkeypatch.setattr("scripts.chromium.find", lambda: "/nonexistent/chromium")
    said = cli("package", root=small.parent, code=1).output
    assert "CHROMIUM" in said and "Traceback" not in said
    assert snapshot(small) == before and not list(small.parent.glob(".dist*"))


def test_what_is_wrong_in_source_stops_it_before_anything_is_touched(small, cli):
    before = snapshot(small)
    edit(small.parent / "source" / "site.yml", "languages: [", "languages: [fr, ")
    assert "site.yml" in cli("package", root=small.parent, code=1).output
    assert snapshot(small) == before


def test_packaging_leaves_docs_and_site_as_they_are(small):
    assert not (small.parent / "site").exists() and [path.name for path in (small.parent / "docs").iterdir()] == [
        "README.md"
    ]


# The same bytes


def test_the_same_source_gives_the_same_bytes(small, tmp_path):
    other = tmp_path / "an other 文件夹"
    shutil.copytree(small.parent, other, ignore=shutil.ignore_patterns("dist"))
    done = run(other, "package", **NO_BROWSER, TZ="Asia/Tokyo", PYTHONHASHSEED="7", LANG="C")
    assert done.returncode == 0, done.stderr
    assert snapshot(other / "dist") == snapshot(small)


def test_the_date_can_be_given(small):
    done = run(small.parent, "package", **NO_BROWSER, SOURCE_DATE_EPOCH="2000000000")
    assert done.returncode == 0, done.stderr
    assert json.loads((small / "manifest.json").read_text("utf-8"))["date"] == "2033-05-18T03:33:20Z"
    assert zipfile.ZipFile(small / WHOLE).infolist()[0].date_time == (2033, 5, 18, 3, 33, 20)


# Killed


def test_killed_at_any_moment_the_last_complete_copies_stay(small, cli):
    root, chance = small.parent, random.Random(9704)
    edit(root / "source" / "site.yml", "languages: [zh-Hans, zh-Hant, en]", "languages: [zh-Hans]")  # sooner done
    cli("package", root=root)
    before = snapshot(small)
    command = [sys.executable, "-m", "scripts", "--root", str(root), "package"]
    environment = {**os.environ, **NO_BROWSER}
    start = time.monotonic()
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    lasts = time.monotonic() - start
    for number in range(20):
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(lasts * (number + chance.random()) / 20)
        os.killpg(process.pid, signal.SIGKILL if number % 2 else signal.SIGTERM)
        process.wait()
        assert snapshot(small) == before, number
    cli("package", root=root)
    assert snapshot(small) == before and not list(root.glob(".dist*"))


# Verify


def test_a_copy_is_what_its_manifest_says(packed, tmp_path, cli):
    with zipfile.ZipFile(packed / ZIP) as copy:
        copy.extractall(tmp_path / "unpacked")
    for where in (packed, packed / ZIP, tmp_path / "unpacked"):
        assert "all as the manifest says" in cli("verify", where).output


def test_what_differs_is_named(small, tmp_path, cli, serve):
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(small / WHOLE) as copy:
        copy.extractall(folder)
    (folder / "en" / "glossary.html").unlink(missing_ok=True)
    (folder / "en" / "index.html").write_bytes((folder / "en" / "index.html").read_bytes().replace(b"5", b"6", 1))
    (folder / "en" / "method.html").unlink()
    (folder / "en" / "added.html").write_text("more")
    said = cli("verify", folder, code=1).output
    assert "en/index.html: differs" in said and "en/method.html: is missing" in said
    assert "en/added.html: is not in the manifest" in said
    online = cli("verify", serve(folder), code=1).output
    assert "en/index.html: differs" in online and "en/method.html: is missing" in online
    with zipfile.ZipFile(small / WHOLE) as copy:
        (tmp_path / "trusted.json").write_bytes(copy.read("manifest.json"))
    own = json.loads((folder / "manifest.json").read_text("utf-8"))
    own["files"] = [one for one in own["files"] if one["path"] != "en/index.html"]
    (folder / "manifest.json").write_text(json.dumps(own), "utf-8")
    assert "en/index.html: differs" in cli("verify", folder, "--manifest", tmp_path / "trusted.json", code=1).output


def test_a_changed_checksum_of_dist_is_found(small, cli):
    (small / "manifest.json").write_bytes((small / "manifest.json").read_bytes() + b"\n")
    assert "manifest.json: differs" in cli("verify", small, code=1).output


@pytest.mark.parametrize(
    ("reason", "content"),
    [
        ("none", None),
        ("no JSON", "{"),
        ("another JSON", "[]"),
        ("a path out of the copy", json.dumps({"files": [{"path": "../../etc/passwd", "sha256": "", "bytes": 0}]})),
        ("an absolute path", json.dumps({"files": [{"path": "/etc/passwd", "sha256": "", "bytes": 0}]})),
    ],
)
def test_a_manifest_that_is_none_is_one_clear_line(tmp_path, cli, reason, content):
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    said = cli("verify", tmp_path, code=1).output
    assert said.startswith("yanxing: ") and said.count("\n") == 1


def test_a_deployed_site_is_what_was_built(built, cli, serve):
    address = serve(built / "site")
    assert "all as the manifest says" in cli("verify", f"{address}index.html").output


@pytest.mark.parametrize("where", ["nowhere", "http://127.0.0.1:9/"])
def test_a_place_that_is_not_there_is_one_clear_line(cli, where):
    said = cli("verify", where, code=1).output
    assert said.startswith("yanxing: ") and said.count("\n") == 1


# Signed


@pytest.fixture
def gpg(monkeypatch, tmp_path_factory):
    """A key of nobody's in a keyring of its own."""
    if not shutil.which("gpg"):
        pytest.skip("no gpg here")
    home = Path("/tmp") / f"yx-{os.getpid()}"  # a socket's path must be short
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    make = ["gpg", "--batch", "--passphrase", "", "--quick-gen-key", "press@qinghe.example", "ed25519", "sign", "never"]
    subprocess.run(make, check=True, capture_output=True)
    yield "press@qinghe.example"
    subprocess.run(["gpgconf", "--kill", "all"], check=False, capture_output=True)
    shutil.rmtree(home, ignore_errors=True)


def test_a_signature_with_openpgp_is_one_that_a_reader_can_check(small, cli, gpg):
    cli("package", "--sign", f"gpg:{gpg}", root=small.parent)
    check = ["gpg", "--verify", str(small / "SHA256SUMS.asc"), str(small / "SHA256SUMS")]
    assert subprocess.run(check, capture_output=True).returncode == 0
    assert "all as the manifest says" in cli("verify", small).output
    (small / "SHA256SUMS").write_bytes((small / "SHA256SUMS").read_bytes().replace(b"a", b"b", 1))
    assert subprocess.run(check, capture_output=True).returncode != 0


def test_a_signature_with_minisign_is_one_that_a_reader_can_check(small, cli, tmp_path, monkeypatch):
    program = os.environ.get("MINISIGN") or shutil.which("minisign")
    if not program:
        pytest.skip("no minisign here")
    monkeypatch.setenv("PATH", str(Path(program).parent), prepend=os.pathsep)
    subprocess.run(
        [program, "-G", "-W", "-p", tmp_path / "a.pub", "-s", tmp_path / "a.key"], check=True, capture_output=True
    )
    cli("package", "--sign", f"minisign:{tmp_path / 'a.key'}", root=small.parent)
    check = [program, "-V", "-p", tmp_path / "a.pub", "-m", small / "SHA256SUMS"]
    assert subprocess.run(check, capture_output=True).returncode == 0


@pytest.mark.parametrize(
    "signer", ["gpg:nobody@nowhere.example", "gpg:", "scissors:paper", "minisign:/nonexistent.key"]
)
def test_a_signer_that_cannot_sign_is_told_and_the_old_copies_stay(small, cli, signer):
    before = snapshot(small)
    said = cli("package", "--sign", signer, root=small.parent, code=1).output
    assert "yanxing: " in said and "Traceback" not in said
    assert snapshot(small) == before


# The print edition


def squeezed(text: str) -> str:
    return "".join(text.split())


def flat(outline: list) -> list:
    return [one for entry in outline for one in (flat(entry) if isinstance(entry, list) else [entry])]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_print_edition(packed, language):
    reader = pypdf.PdfReader(packed / f"{REPORT}.{language}.pdf")
    root = reader.trailer["/Root"]
    assert root["/Lang"] == language and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    pages = [page.extract_text() for page in reader.pages]
    text = squeezed("".join(pages))
    with zipfile.ZipFile(packed / ZIP) as copy:
        page = html.unescape(copy.read(f"{language}/{REPORT}/print.html").decode())
    assert set(text) <= {*page, *"—0123456789"}, (
        "another character with the same glyph is not the one that one looks for"
    )

    # Bookmarks and the page numbers of the contents lead to the page where the heading stands.
    edition = assemble.editions(config.load_project(), config.load_project().report(REPORT))[language]
    headings = [heading for heading in edition.parts if heading.said.text]
    place = {
        name.removeprefix("/"): reader.get_destination_page_number(one)
        for name, one in reader.named_destinations.items()
    }
    numbers = [int(found) for found in re.findall(r"(\d+)\s*$", pages[1].split("— 2 —")[1], re.M)]
    assert numbers == [place[key] + 1 for key in (*(heading.id for heading in headings), "annex")]
    marks = {one.title: reader.get_destination_page_number(one) for one in flat(reader.outline)}
    for heading in headings:
        number = heading.number if language != "en" else ""
        assert marks[number + heading.said.text] == place[heading.id]
        assert squeezed(heading.said.text)[:12] in squeezed(pages[place[heading.id]])

    # Running heads and page numbers; the annex on paper laid across.
    title = squeezed(reader.metadata["/Title"])
    for number, page in enumerate(pages, 1):
        assert title in squeezed(page) and f"—{number}—" in squeezed(page)
    width, height = reader.pages[place["annex"]].mediabox[2:]
    assert width > height and reader.pages[0].mediabox[3] > reader.pages[0].mediabox[2]

    # Fonts are inside, in parts.
    fonts = {
        id(font.get_object()): font.get_object()
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    for font in fonts.values():
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        if font["/Subtype"] == "/Type3":
            continue
        descriptor = inner["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor) and "+" in font["/BaseFont"]

    # Every paragraph, and every task in the annex.
    begun = [squeezed(block.text)[:10] for heading in edition.parts for block in heading.blocks]
    assert [words for words in begun if words not in text] == []
    annex = squeezed("".join(pages[place["annex"] :]))
    assert [card.id for card in edition.cards if squeezed(card.quote.text)[:8] not in annex] == []


@pytest.mark.browser
def test_printing_twice_gives_the_same_bytes(qinghe, cli):
    edit(qinghe / "source" / "site.yml", "languages: [zh-Hans, zh-Hant, en]", "languages: [zh-Hans, en]")
    cli("package", root=qinghe)
    before = snapshot(qinghe / "dist")
    assert any(name.endswith(".pdf") for name in before)
    cli("package", root=qinghe)
    assert snapshot(qinghe / "dist") == before
