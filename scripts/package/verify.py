"""Is a copy what its manifest says? An unpacked folder, a zip, a folder of dist/, or a site on the web."""

from __future__ import annotations

import hashlib
import json
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .. import manifest
from ..errors import Problem

_SECONDS = 30  # for each request


@dataclass(frozen=True, slots=True)
class Copy:
    """Where files are read from: `read` gives a file's bytes or None where there is none, `names` every file, None if unknown."""

    name: str
    read: Callable[[str], bytes | None]
    names: frozenset[str] | None


def verify(where: str, given: Path | None = None) -> tuple[int, list[str]]:
    """(number of files that were compared, what differs) for a folder, a zip or an address.

    `given` is a manifest from elsewhere, one that is trusted; else the copy's own. Problem where none can be read.
    """
    copy = _copy(where)
    listed = _listed(
        given.read_bytes() if given else copy.read(manifest.NAME), given or f"{copy.name}: {manifest.NAME}"
    )
    expected = dict(listed)
    if not given and (sums := copy.read(manifest.SUMS)):
        expected |= {
            name: (digest, None) for digest, _, name in (line.partition("  ") for line in sums.decode().splitlines())
        }
    with ThreadPoolExecutor(8) as pool:
        said = pool.map(lambda one: _difference(copy, one, *expected[one]), sorted(expected))
        differences = [line for line in said if line]
    known = {manifest.NAME, manifest.SUMS, f"{manifest.SUMS}.asc", f"{manifest.SUMS}.minisig", *expected}
    differences += [f"{name}: is not in the manifest" for name in sorted((copy.names or frozenset()) - known)]
    return len(expected), differences


def _difference(copy: Copy, name: str, digest: str, size: int | None) -> str:
    data = copy.read(name)
    if data is None:
        return f"{name}: is missing"
    if hashlib.sha256(data).hexdigest() == digest:
        return ""
    return f"{name}: differs" + (f" ({len(data)} bytes, {size} were expected)" if size not in (None, len(data)) else "")


def _listed(data: bytes | None, source: Path | str) -> dict[str, tuple[str, int | None]]:
    """Path → (SHA-256, size) of a manifest; Problem if it is none, or leads out of the copy."""
    todo = "name the folder, zip or address that holds manifest.json, or give --manifest"
    if data is None:
        raise Problem("no manifest.json was found", file=source, todo=todo)
    try:
        found = {one["path"]: (one["sha256"], one["bytes"]) for one in json.loads(data)["files"]}
    except (ValueError, KeyError, TypeError):
        raise Problem("found no manifest of Yanxing", file=source, todo=todo) from None
    for name in found:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            raise Problem(
                f"found the path “{name}”, expected one inside the copy", file=source, todo="do not trust this copy"
            )
    return found


def _copy(where: str) -> Copy:
    if where.lower().startswith(("http://", "https://")):
        return _web(where)
    path = Path(where)
    if path.is_dir():
        names = frozenset(one.relative_to(path).as_posix() for one in path.rglob("*") if one.is_file())
        return Copy(where, lambda name: (path / name).read_bytes() if (path / name).is_file() else None, names)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            try:
                held = {one: archive.read(one) for one in archive.namelist() if not one.endswith("/")}
            except zipfile.BadZipFile as error:
                raise Problem(f"found a damaged zip: {error}", file=where, todo="fetch it again") from None
        return Copy(where, held.get, frozenset(held))
    raise Problem("found no folder, zip or http address", file=where, todo="check the name")


def _web(where: str) -> Copy:
    """A deployed site: files that are there but not in the manifest cannot be seen from outside."""
    base = where.removesuffix("index.html")
    base = base if base.endswith("/") else base + "/"

    def read(name: str) -> bytes | None:
        request = urllib.request.Request(base + urllib.parse.quote(name), headers={"Accept-Encoding": "identity"})
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as response:
                return response.read()
        except urllib.error.HTTPError:
            return None
        except OSError as error:
            reason = getattr(error, "reason", error)
            raise Problem(f"{base} does not answer: {reason}", todo="check the address and the network") from None

    return Copy(where, read, None)
