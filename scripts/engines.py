"""Machine translation behind one interface: deep-translator's engines with a time limit, retries, and keys that stay secret.

deep-translator has no time limit and no retries, sends keys in addresses and prints one in an error. So its modules find `_Wire`
where they look for `requests`: it sends, measures and judges every answer, and nothing that a server says is ever repeated.
"""

from __future__ import annotations

import email.utils
import importlib
import json
import os
import queue
import random
import re
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import requests

from .errors import Problem

ATTEMPTS = 4  # of a request
PAUSE = 1.0  # seconds before the second attempt; twice as many before each further one
LONGEST = 120.0  # seconds that we wait because a server asks for it
_LARGEST = 4_000_000  # bytes of an answer


class Stopped(Problem):
    """The engine answers no more requests: a wrong key, no network, a used-up allowance."""


class Failed(Exception):
    """One request has no answer; another may have. Its text is the reason."""


class Engine(Protocol):
    """`limit` characters and `texts` texts a request, at most."""

    name: str
    limit: int
    texts: int

    def translate(self, texts: list[str]) -> list[str]:
        """English for Chinese, text by text, in one request; Failed if it has no answer, Stopped if none will."""


@dataclass(frozen=True, slots=True)
class _Kind:
    maker: str  # deep-translator's class
    languages: tuple[str, str]  # how it calls Chinese and English
    limit: int
    texts: int  # 1 for an engine that does not keep lines apart
    needs: dict[str, str] = field(default_factory=dict)  # environment variable → the class's parameter
    takes: dict[str, str] = field(default_factory=dict)  # likewise, may be missing


_KINDS = {
    # a GET: 1,600 Chinese characters are 14,400 in an address
    "google": _Kind("GoogleTranslator", ("zh-CN", "en"), 1600, 20),
    "mymemory": _Kind("MyMemoryTranslator", ("zh-CN", "en-GB"), 499, 1, takes={"MYMEMORY_EMAIL": "email"}),
    "deepl": _Kind("DeeplTranslator", ("zh", "en"), 5000, 40, {"DEEPL_API_KEY": "api_key"}),
    "libre": _Kind("LibreTranslator", ("zh", "en"), 2000, 8, {"LIBRE_URL": "custom_url"}, {"LIBRE_API_KEY": "api_key"}),
    "microsoft": _Kind(
        "MicrosoftTranslator", ("zh-hans", "en"), 5000, 25, {"MICROSOFT_API_KEY": "api_key"}, {"MICROSOFT_REGION": "region"}
    ),
    "baidu": _Kind("BaiduTranslator", ("zh", "en"), 1900, 20, {"BAIDU_APPID": "appid", "BAIDU_APPKEY": "appkey"}),
}  # fmt: skip
NAMES = tuple(_KINDS)


def engine(name: str, seconds: float = 30) -> Engine:
    """The engine of that name, with a time limit for each request; Problem if it is unknown or a variable is missing."""
    kind = _KINDS.get(name)
    if not kind:
        raise Problem(f"no engine “{name}”", todo=f"choose one of: {', '.join(NAMES)}")
    values = {}
    for variable, parameter in {**kind.needs, **kind.takes}.items():
        value = os.environ.get(variable, "").strip()
        if not value and variable in kind.needs:
            raise Problem(f"{name} needs the environment variable {variable}", todo="set it, or choose another engine")
        if not (value.isascii() and value.isprintable()):
            raise Problem(
                f"the environment variable {variable} holds characters that cannot be sent", todo="copy it again"
            )
        if variable.endswith("_URL") and not re.match(r"https?://[^/\s]", value):
            raise Problem(
                f"the environment variable {variable} is no address", todo="write it as http://localhost:5000"
            )
        if value:
            values[parameter] = value
    return _DeepTranslator(name, kind, values, seconds)


class _Again(Exception):
    """An attempt failed; another may not. `wait` is what the server asks for, `stops` whether it concerns all requests."""

    def __init__(self, reason: str, wait: float = 0, stops: bool = False):
        super().__init__(reason)
        self.wait, self.stops = wait, stops


class _DeepTranslator:
    """An engine of deep-translator. Only one is at work at a time."""

    def __init__(self, name: str, kind: _Kind, values: dict[str, str], seconds: float):
        self.name, self.limit, self.texts = name, kind.limit, kind.texts
        self._kind, self._values, self._seconds = kind, values, seconds
        self._translator: Any = None

    def translate(self, texts: list[str]) -> list[str]:
        text = "\n".join(texts)
        if len(text) > self.limit:
            raise Failed(f"{len(text)} characters, more than the {self.limit} that {self.name} takes")
        answer = self._insist(text)
        lines = [answer.strip()] if len(texts) == 1 else [line.strip() for line in answer.splitlines() if line.strip()]
        if len(lines) != len(texts):
            raise Failed(f"{self.name} answered {len(lines)} lines for {len(texts)}")
        return lines

    def _insist(self, text: str) -> str:
        """The answer of the first attempt that has one; attempts wait longer and longer, and as long as the server asks for."""
        for attempt in range(ATTEMPTS):
            try:
                return within(self._seconds, lambda: self._once(text))
            except TimeoutError:
                again = _Again(f"no answer within {self._seconds:g} seconds")
            except _Again as found:
                again = found
            pause = max(again.wait, PAUSE * 2**attempt * random.uniform(0.5, 1))
            if pause > LONGEST:
                raise Stopped(f"{self.name}: {again}, asks to wait {pause:.0f} seconds", todo="run again later")
            if attempt < ATTEMPTS - 1:
                time.sleep(pause)
        if again.stops:
            raise Stopped(f"{self.name}: {again}", todo="run again later")
        raise Failed(f"{self.name}: {again}")

    def _once(self, text: str) -> str:
        try:
            answer = self._made().translate(text)
        except (Problem, Failed, _Again):
            raise
        except Exception as error:  # its errors have no common base, and their texts may hold the key
            if type(error).__name__ == "LanguageNotSupportedException":
                raise Stopped(f"{self.name} does not translate Chinese into English") from None
            raise _Again(f"its answer is not understood ({type(error).__name__})") from None
        if not isinstance(answer, str) or not answer.strip():
            raise Failed(f"{self.name} answered without a text")
        return answer

    def _made(self) -> Any:
        """deep-translator's object; making it may need a request (microsoft)."""
        if self._translator is None:
            maker = getattr(importlib.import_module("deep_translator"), self._kind.maker)
            sys.modules[maker.__module__].requests = _Wire(self.name, self._kind, self._seconds)
            values = dict(self._values)
            if "custom_url" in values:
                values["custom_url"] = values["custom_url"].rstrip("/") + "/"
            if self.name == "libre":
                values.setdefault("api_key", _Wire.NO_KEY)  # it insists on one
            if self.name == "deepl":
                values["use_free_api"] = values["api_key"].endswith(":fx")
            source, target = self._kind.languages
            self._translator = maker(source=source, target=target, **values)
        return self._translator


def within(seconds: float, call: Callable[[], Any]) -> Any:
    """What `call` returns or raises; TimeoutError once the seconds are over, whatever it is still waiting for.

    It runs in a thread that is then abandoned: no time limit of a socket holds against a server that sends a byte a second.
    """
    box: queue.SimpleQueue = queue.SimpleQueue()

    def run() -> None:
        try:
            box.put((call(), None))
        except BaseException as error:
            box.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    end = time.monotonic() + seconds
    while True:
        try:
            value, error = box.get(
                timeout=min(0.5, max(0.0, end - time.monotonic()))
            )  # short, or Windows hears no Ctrl+C
        except queue.Empty:
            if time.monotonic() >= end:
                raise TimeoutError from None
            continue
        if error:
            raise error
        return value


@dataclass(frozen=True, slots=True)
class _Answer:
    """What deep-translator's modules ask of an answer."""

    status_code: int
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", errors="replace")

    def json(self) -> Any:
        return json.loads(self.content)

    def close(self) -> None:
        pass


class _Wire:
    """Takes the place of `requests` in deep-translator's modules. Keys go into headers and bodies, never into addresses."""

    NO_KEY = "none"
    exceptions = requests.exceptions

    def __init__(self, name: str, kind: _Kind, seconds: float):
        self._name, self._seconds = name, seconds
        self._variables = " and ".join(one for one in (*kind.needs, *kind.takes) if one != "LIBRE_URL")
        self._keyed = any("key" in parameter for parameter in (*kind.needs.values(), *kind.takes.values()))

    def get(self, url: str, params: dict | None = None, **_) -> _Answer:
        params = dict(params or {})
        if key := params.pop("auth_key", ""):  # since 2026, DeepL takes nothing but a POST with the key in a header
            params["target_lang"] = "EN-GB"
            return self._send("POST", url, data=params, headers={"Authorization": f"DeepL-Auth-Key {key}"})
        return self._send("GET", url.replace("http://api.mymemory.", "https://api.mymemory."), params=params)

    def post(self, url: str, params: dict | None = None, headers: dict | None = None, json: Any = None, **_) -> _Answer:
        if json is not None:
            return self._send("POST", url, params=params, headers=headers, json=json)
        data = {name: value for name, value in (params or {}).items() if (name, value) != ("api_key", self.NO_KEY)}
        return self._send("POST", url, data=data, headers=headers)

    def _send(self, method: str, url: str, **values) -> _Answer:
        end, content = time.monotonic() + self._seconds, bytearray()
        try:
            with requests.request(
                method, url, timeout=self._seconds, stream=True, allow_redirects=not self._keyed, **values
            ) as response:
                for chunk in response.iter_content(4096):
                    content += chunk
                    if (
                        time.monotonic() > end or len(content) > _LARGEST
                    ):  # somebody has given up waiting for this thread
                        raise Failed("an answer without an end")
                status, wait = response.status_code, response.headers.get("Retry-After", "")
        except requests.exceptions.ReadTimeout:
            raise _Again(f"no answer within {self._seconds:g} seconds") from None
        except requests.exceptions.ConnectionError as error:
            if (
                isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.SSLError)
                or "NewConnection" in repr(getattr(error.args[0] if error.args else None, "reason", ""))
                or "NameResolution" in repr(error)
            ):
                raise _Again("cannot be reached", stops=True) from None
            raise _Again("the connection broke") from None
        except requests.exceptions.RequestException:
            raise _Again("the answer broke off") from None
        answer = _Answer(status, bytes(content))
        self._judge(_status_of(answer), _seconds_of(wait), answer)
        return answer

    def _judge(self, status: int, wait: float, answer: _Answer) -> None:
        if status < 300:
            return
        said = f"{self._name}: HTTP {status}"
        if status == _NO_LANGUAGE or (status == 400 and re.search(rb"not (?:supported|available)", answer.content)):
            raise Stopped(f"{self._name} does not translate Chinese into English")
        if status in (401, 403):
            raise Stopped(
                f"{said}, access refused",
                todo=f"check {self._variables}" if self._variables else "choose another engine",
            )
        if status in (402, 456):
            raise Stopped(f"{said}, the allowance is used up", todo="run again later, or choose another engine")
        if status < 400 or status in (404, 405, 410):
            raise Stopped(f"{said}, there is no such service at this address", todo="check the address")
        if status == 429:
            raise _Again("HTTP 429, too many requests", wait, stops=True)
        if status >= 500 or status in (408, 425):
            raise _Again(f"HTTP {status}", wait)
        raise Failed(f"{said}, the text is refused")


_NO_LANGUAGE = 999
_BAIDU = {
    "52001": 503, "52002": 503, "52003": 401, "54001": 401, "54003": 429, "54004": 402, "54005": 429, "58000": 403, "58001": _NO_LANGUAGE,
}  # fmt: skip


def _status_of(answer: _Answer) -> int:
    """The status of an answer; MyMemory and Baidu tell of errors with a status of 200."""
    if not 200 <= answer.status_code < 300:
        return answer.status_code
    try:
        found = answer.json()
    except ValueError:
        return answer.status_code
    if not isinstance(found, dict):
        return answer.status_code
    if str(found.get("responseStatus", "200")) != "200":
        return int(found["responseStatus"]) if str(found["responseStatus"]).isdigit() else 400
    if "MYMEMORY WARNING" in str((found.get("responseData") or {}).get("translatedText", "")):
        return 402
    return _BAIDU.get(str(found["error_code"]), 400) if "error_code" in found else answer.status_code


def _seconds_of(header: str) -> float:
    """The seconds that a Retry-After asks for: a number, or a date."""
    if re.fullmatch(r"\d{1,9}", header.strip()):
        return float(header)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(header).timestamp() - time.time())
    except (TypeError, ValueError, IndexError, OverflowError):
        return 0.0
