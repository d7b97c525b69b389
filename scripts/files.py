"""Writing without ever leaving half a file or folder, and without touching what has not changed."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write(path: Path, content: str | bytes) -> bool:
    """Write a file atomically; return whether its bytes changed. Folders are made as needed."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.exists() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder`, to be filled; at the end of the block it stands in its place, whole, or nothing changed.

    What an earlier run left when it was killed is cleared first: half new folders go, an old one that was moved away comes back.
    """
    for old in folder.parent.glob(f".{folder.name}.old-*"):
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            os.replace(old, folder)
    for half in folder.parent.glob(f".{folder.name}.tmp-*"):
        shutil.rmtree(half, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.tmp-", dir=folder.parent))
    try:
        yield new
        new.chmod(0o755)
        _swap(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _swap(new: Path, folder: Path) -> None:
    """Put `new` where `folder` is: in one step where the system can, else two renames, and the old one back if the second fails."""
    if not folder.exists():
        os.replace(new, folder)
        return
    if _exchange(new, folder):
        return  # the old one is now called `new`, and goes as that
    old = folder.with_name(f".{folder.name}.old-{os.getpid()}")
    os.replace(folder, old)
    try:
        os.replace(new, folder)
    except OSError:
        os.replace(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step (Linux: renameat2 with RENAME_EXCHANGE); False where that is not to be had."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False
    here, exchange = -100, 2
    return rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0
