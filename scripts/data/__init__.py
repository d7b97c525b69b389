"""The genre's vocabulary and other facts that are data, not code."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


@cache
def load(name: str) -> dict:
    """A YAML file of this folder."""
    return yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
