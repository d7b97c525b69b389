"""Serving site/ on this machine while somebody edits source/."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from .config import Project
from .errors import Problem

_SETTLE = 0.4  # seconds of quiet before a rebuild: editors write a file in several steps


class _Changes(FileSystemEventHandler):
    def __init__(self) -> None:
        self.seen = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("created", "modified", "deleted", "moved") and not event.is_directory:
            self.seen.set()


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def serve(project: Project, port: int, build: Callable[[], None]) -> None:
    """Build, then serve until interrupted; a broken source is told in one line and the last good site stays."""
    build()
    try:
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", port), functools.partial(_Handler, directory=str(project.site))
        )
    except OSError as error:
        raise Problem(f"port {port} cannot be used ({error.strerror})", todo="choose another with --port") from None
    changes, observer = _Changes(), Observer()
    for folder in (project.source, project.root / "overrides"):
        observer.schedule(changes, str(folder), recursive=True)
    observer.start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"http://127.0.0.1:{server.server_port}/  (Ctrl+C ends it)")
    try:
        while True:
            changes.seen.wait()
            while changes.seen.is_set():
                changes.seen.clear()
                changes.seen.wait(_SETTLE)
            try:
                build()
            except Problem as problem:
                problem.show()
    except KeyboardInterrupt:
        pass
    finally:
        observer.stop()
        server.shutdown()
