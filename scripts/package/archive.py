"""A folder as a zip that every system can unpack, with the same bytes from the same files."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from ..errors import Problem

LONGEST = 150  # characters of a path: Windows stops at 260, and the folder that it is unpacked into has a name, too
# Characters and names that Windows refuses (Microsoft, "Naming Files, Paths, and Namespaces").
_REFUSED = re.compile(
    r'[<>:"|?*\\\x00-\x1f]|[. ](?:/|$)|(?:^|/)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.[^/]*)?(?:/|$)', re.I
)


def write(folder: Path, target: Path, epoch: int) -> None:
    """Zip every file below `folder`, sorted, all dated `epoch`; Problem for a path that Windows could not hold."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    check(names)
    date = max(datetime.fromtimestamp(epoch, UTC), datetime(1980, 1, 1, tzinfo=UTC)).timetuple()[:6]
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(names):
            entry = zipfile.ZipInfo(name, date)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # as on Unix, wherever it is made
            entry.compress_type = zipfile.ZIP_DEFLATED  # the one method that every unpacker knows
            archive.writestr(entry, (folder / name).read_bytes(), compresslevel=9)


def check(names: Iterable[str]) -> None:
    """Problem for the first path that is too long, that Windows refuses, or that differs from another by case only."""
    seen: dict[str, str] = {}
    for name in names:
        if len(name) > LONGEST:
            raise Problem(
                f"the path “{name}” has {len(name)} characters, at most {LONGEST} were expected",
                todo="choose a shorter id",
            )
        if _REFUSED.search(name):
            raise Problem(f"Windows cannot store the path “{name}”", todo="choose another id for the report")
        if (other := seen.setdefault(name.lower(), name)) != name:
            raise Problem(f"the paths “{other}” and “{name}” are one for Windows", todo="choose another id")
