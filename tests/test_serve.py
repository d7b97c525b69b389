"""serve: on this machine only, built again on every change; a slip in source/ is told and the last good site stays."""

import os
import queue
import socket
import subprocess
import sys
import threading
import time
from urllib.request import urlopen

import pytest

from .conftest import ROOT, edit


@pytest.fixture
def serving(qinghe):
    """A running server: its address, and what it has said since, line by line."""
    command = [sys.executable, "-m", "scripts", "--root", str(qinghe), "serve", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )  # fmt: skip
    said = queue.Queue()
    threading.Thread(target=lambda: [said.put(line) for line in process.stdout], daemon=True).start()

    def heard(part):
        while part not in (line := said.get(timeout=60)):
            pass
        return line

    yield heard("http://").split()[0], heard
    process.terminate()
    process.wait()


def read(address):
    with urlopen(address) as answer:
        return answer.read().decode()


def becomes(address, part):
    for _ in range(300):
        if part in read(address):
            return True
        time.sleep(0.1)
    return False


def test_a_change_is_shown_and_a_slip_is_told(serving, qinghe):
    address, heard = serving
    assert address.startswith("http://127.0.0.1:")
    page = f"{address}zh-Hans/qinghe-2031/commitments/qh2031-s1-002.html"
    record = qinghe / "source/qinghe-2031/commitments/qh2031-s1-002.md"
    assert "区人社局" in read(page)
    edit(record, "lead: 区人社局", "lead: 区数字办")
    assert becomes(page, "区数字办")
    edit(record, "status: unassessed", "status: soon")
    assert f"{record}, status: found “soon”" in heard("yanxing: ")
    assert "区数字办" in read(page)
    edit(record, "status: soon", "status: unassessed")
    edit(record, "lead: 区数字办", "lead: 区科技局")
    assert becomes(page, "区科技局")


def test_a_port_in_use_is_told_in_one_line(qinghe, cli):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = cli("serve", "--port", port, root=qinghe, code=1).stderr
    assert said.count("\n") == 1 and f"port {port} cannot be used" in said
