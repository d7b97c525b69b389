"""A server on loopback that speaks LibreTranslate's API, and a little of the other engines', as well or badly as a test wants."""

from __future__ import annotations

import html
import http.server
import json
import re
import threading
from urllib.parse import parse_qs, urlsplit

HAN = re.compile(r"[\u4e00-\u9fff]+")
_SAID = (
    (r"(\d+)万元", lambda found: f" {int(found[1]) / 100:g} million yuan "),
    (r"(\d+)(天|%)以内", lambda found: f" within {found[1]}{' days' if found[2] == '天' else '%'} "),
    (r"(\d{4})年", r" \1 "),
    (r"(\d+(?:\.\d+)?%?)", r" \1 "),
)


def english(text: str) -> str:
    """Words that nobody knows instead of the Chinese ones, with its tags, placeholders and figures."""
    kept: list[str] = []

    def keep(found: re.Match) -> str:
        kept.append(found.group())
        return f"\0{chr(0xE000 + len(kept) - 1)}\0"

    text = re.sub(r"</?c\d+>|\[\[\d+\]\]", keep, text)
    for pattern, said in _SAID:
        text = re.sub(pattern, said, text)
    text = HAN.sub(lambda found: " " + "".join(chr(97 + ord(one) % 26) for one in found.group()) + " ", text)
    text = re.sub("\0(.)\0", lambda found: kept[ord(found[1]) - 0xE000], text)
    return re.sub(r" {2,}", " ", text).strip()


def _damaged(mode: str, text: str) -> str:
    said = english(text)
    match mode:
        case "tags":  # a closing tag is lost
            return re.sub(r"</c\d+>", "", said, count=1)
        case "crossed tags":
            return re.sub(r"<(c\d+)>(.*?)</\1>", r"</\1>\2<\1>", said)
        case "stray tags":
            return said + "</c9>"
        case "figures":
            return re.sub(r"(?<!\[)\d+(?!\])(?![^<]*>)", lambda found: str(int(found[0]) + 1), said)
        case "placeholders":
            return re.sub(r"\[\[\d+\]\]", "", said)
        case "spaced":
            said = re.sub(r"<(/?)c(\d+)>", r"< \1 C\2 >", said)
            return re.sub(r"\[\[(\d+)\]\]", r"【 \1 】", said)
        case "escaped":
            return html.escape(said)
        case "chinese":
            return text
    return said


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args) -> None:
        pass

    def do_GET(self) -> None:
        self._answer({}, "")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        fields = {} if body.startswith("[") else {name: values[0] for name, values in parse_qs(body).items()}
        self._answer(fields, body)

    def _answer(self, fields: dict[str, str], body: str) -> None:
        own: TranslationServer = self.server.owner
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        fields = {**query, **fields}
        text = fields.get("q") or fields.get("text") or (json.loads(body)[0]["text"] if body.startswith("[") else "")
        with own.lock:
            mode = own.plan.pop(0) if own.plan else own.mode
            own.requests.append(
                {**fields, "text": text, "path": self.path, "headers": dict(self.headers), "method": self.command}
            )
        own.before_answer()
        key = fields.get("api_key", "")
        lines = [_damaged(mode, line) for line in text.split("\n")]
        said = "\n".join(lines) if mode != "lines" else " ".join(lines)
        match mode:
            case "slow":
                return self._drip(json.dumps({"translatedText": said}))
            case "silent":
                own.closing.wait(5)
                return None
            case "broken":
                return self._send(200, json.dumps({"translatedText": said}), cut=True)
            case "html":
                return self._send(200, "<!doctype html><p>Please sign in</p>", kind="text/html")
            case "no field":
                return self._send(200, json.dumps({"error": f"no field, key {key}"}))
            case "no text":
                return self._send(200, json.dumps({"translatedText": None}))
            case "limited":
                return self._send(429, json.dumps({"error": "slow down"}), {"Retry-After": own.retry_after})
            case "language":
                return self._send(400, json.dumps({"error": "zh is not supported"}))
            case "moved":
                return self._send(302, "", {"Location": "http://127.0.0.1:9/elsewhere"})
            case "400" | "401" | "403" | "500" | "503":
                return self._send(
                    int(mode), json.dumps({"error": f"wrong key {key} {self.headers.get('Authorization', '')}"})
                )
        return self._send(200, *self._spoken(address.path, said, mode))

    def _spoken(self, path: str, said: str, mode: str) -> tuple:
        """The answer in the words of the engine whose address was asked."""
        if path.startswith("/google"):
            return f'<div class="result-container">{html.escape(said)}</div>', {}, "text/html"
        if path.startswith("/mymemory"):
            if mode == "warning":
                said = "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY"
            return (json.dumps({"responseData": {"translatedText": said}, "responseStatus": 200, "matches": []}),)
        if path.startswith("/deepl"):
            return (json.dumps({"translations": [{"text": said}]}),)
        if path.startswith("/microsoft/languages"):
            found = {"zh-Hans": {"name": "Chinese Simplified"}, "en": {"name": "English"}}
            return (json.dumps({"translation": found}),)
        if path.startswith("/microsoft"):
            return (json.dumps([{"translations": [{"text": said}]}]),)
        if path.startswith("/baidu"):
            if mode == "warning":
                return (json.dumps({"error_code": "54001", "error_msg": "Invalid Sign"}),)
            return (json.dumps({"trans_result": [{"dst": line} for line in said.split("\n")]}),)
        return (json.dumps({"translatedText": said}),)

    def _send(
        self, status: int, body: str, headers: dict | None = None, kind: str = "application/json", cut: bool = False
    ) -> None:
        data = body.encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if cut else data)
        self.close_connection = True

    def _drip(self, body: str) -> None:
        """A byte at a time, header included, and never done: each arrives well within any time limit of a socket."""
        try:
            for byte in b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + b" " * 2000 + body.encode():
                if self.server.owner.closing.wait(0.02):
                    return
                self.wfile.write(bytes([byte]))
        except OSError:
            pass
        finally:
            self.close_connection = True


class TranslationServer:
    """`plan` holds the modes of the next requests, `mode` that of all others; `requests` what was asked, in order."""

    def __init__(self) -> None:
        self.plan: list[str] = []
        self.mode, self.retry_after = "ok", "0"
        self.requests: list[dict] = []
        self.lock, self.closing = threading.Lock(), threading.Event()
        self.free, self.delay = 0, 0.0  # the first `free` requests are answered without delay
        self._http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._http.daemon_threads, self._http.owner = True, self
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def before_answer(self) -> None:
        if len(self.requests) > self.free:
            self.closing.wait(self.delay)  # no time.sleep, which tests replace

    @property
    def asked(self) -> list[str]:
        """Every line that was asked for."""
        return [line for request in self.requests for line in request["text"].split("\n")]

    def close(self) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
