"""Signing SHA256SUMS with a key of the publisher's, by a tool that is there already: minisign or GnuPG."""

from __future__ import annotations

import subprocess
from pathlib import Path

from ..errors import Problem


def sign(sums: Path, signer: str) -> None:
    """Write a signature beside `sums`. `signer` is minisign:SECRET-KEY-FILE (→ .minisig) or gpg:KEY (→ .asc).

    The tool asks for a password itself; Problem if it is missing or refuses.
    """
    tool, _, key = signer.partition(":")
    commands = {
        "minisign": ["minisign", "-S", "-s", str(Path(key).absolute()), "-m", str(sums), "-x", f"{sums}.minisig"],
        "gpg": ["gpg", "--yes", "--armor", "--detach-sign", "--local-user", key, "--output", f"{sums}.asc", str(sums)],
    }
    if tool not in commands or not key:
        raise Problem(
            f"found the signer “{signer}”, expected minisign:KEY-FILE or gpg:KEY",
            todo="see README.md, “Handing out copies”",
        )
    try:
        done = subprocess.run(commands[tool], stderr=subprocess.PIPE, text=True, errors="replace")
    except FileNotFoundError:
        raise Problem(
            f"{tool} is not installed, so nothing can be signed", todo=f"install {tool}, or leave out --sign"
        ) from None
    if done.returncode:
        said = " ".join(done.stderr.split())[-300:]
        raise Problem(f"{tool} did not sign: {said}", todo="check the key and its password")
