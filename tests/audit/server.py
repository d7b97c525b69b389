"""The built site as a real web server would give it: compressed, under a strict Content-Security-Policy, on loopback."""

from __future__ import annotations

import functools
import gzip
import http.server
import threading
from pathlib import Path
from urllib.parse import unquote, urlsplit

POLICY = "default-src 'self'"
_TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml", ".xml": "application/xml", ".txt": "text/plain; charset=utf-8", ".json": "application/json",
    ".png": "image/png", ".pdf": "application/pdf",
}  # fmt: skip
_PACKED = frozenset((".html", ".css", ".js", ".svg", ".xml", ".txt", ".json"))


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args, folder: Path, **options):
        self.folder = folder
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path).lstrip("/")
        status, file = 200, (self.folder / path).resolve()
        if file.is_dir():
            file /= "index.html"
        if not file.is_relative_to(self.folder) or not file.is_file():
            status, file = 404, self.folder / path.split("/")[0] / "404.html"
        body, kind, packed = _content(file)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args) -> None:
        pass


@functools.cache
def _content(file: Path) -> tuple[bytes, str, bool]:
    if not file.is_file():
        return b"not found", "text/plain", False
    packed = file.suffix in _PACKED
    body = file.read_bytes()
    return (
        gzip.compress(body, 6, mtime=0) if packed else body,
        _TYPES.get(file.suffix, "application/octet-stream"),
        packed,
    )


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args) -> None:  # a browser that goes away in the middle is no error
        pass


def start(folder: Path, port: int = 0) -> http.server.ThreadingHTTPServer:
    """Serve a folder until `shutdown()`; the address is http://127.0.0.1:<server_port>/."""
    server = _Server(("127.0.0.1", port), functools.partial(_Handler, folder=folder.resolve()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
