"""Engines: the time limit holds, attempts are repeated with patience, and no key is ever said, whatever the server answers."""

import email.utils
import logging
import time
import traceback

import pytest

from scripts import engines
from scripts.engines import Failed, Stopped, engine
from scripts.errors import Problem

from .translation_server import TranslationServer, english

KEY = "s3cr3t-k3y-0123456789"
TEXT = "引进数字企业12家。"
VARIABLES = "LIBRE_URL LIBRE_API_KEY DEEPL_API_KEY MICROSOFT_API_KEY MICROSOFT_REGION BAIDU_APPID BAIDU_APPKEY MYMEMORY_EMAIL".split()


@pytest.fixture
def server(monkeypatch):
    server = TranslationServer()
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("LIBRE_URL", server.url)
    monkeypatch.setenv("LIBRE_API_KEY", KEY)
    monkeypatch.setattr(engines, "PAUSE", 0.001)
    yield server
    server.close()


@pytest.fixture
def pauses(monkeypatch):
    """The seconds that were waited for between attempts, without waiting."""
    found: list[float] = []
    monkeypatch.setattr(engines.time, "sleep", found.append)
    return found


def test_texts_are_translated_together_in_one_request(server):
    texts = [TEXT, "建设青禾软件园。", "今年"]
    assert engine("libre").translate(texts) == [english(text) for text in texts]
    assert len(server.requests) == 1


def test_a_key_goes_into_the_body_never_into_the_address(server):
    engine("libre").translate([TEXT])
    assert server.requests[0]["api_key"] == KEY and KEY not in server.requests[0]["path"]


def test_a_server_of_ones_own_needs_no_key(server, monkeypatch):
    monkeypatch.delenv("LIBRE_API_KEY")
    monkeypatch.setenv("LIBRE_URL", server.url + "/")
    assert engine("libre").translate([TEXT])
    assert "api_key" not in server.requests[0] and server.requests[0]["path"] == "/translate"


@pytest.mark.parametrize("mode", ["slow", "silent"])
def test_the_time_limit_holds_against_a_server_that_drips_or_says_nothing(server, monkeypatch, mode):
    server.mode = mode
    monkeypatch.setattr(engines, "ATTEMPTS", 2)
    begun = time.monotonic()
    with pytest.raises(Failed, match=r"within 0\.3 seconds"):
        engine("libre", 0.3).translate([TEXT])
    assert 0.55 < time.monotonic() - begun < 5  # it would drip for forty
    assert len(server.requests) == 2


@pytest.mark.parametrize("mode", ["500", "503", "html", "no field", "broken", "limited", "slow"])
def test_what_may_pass_is_tried_again(server, mode):
    server.plan = [mode, mode]
    assert engine("libre", 0.6).translate([TEXT]) == [english(TEXT)]
    assert len(server.requests) == 3


@pytest.mark.parametrize("mode", ["500", "html", "no field", "broken"])
def test_attempts_end(server, mode):
    server.mode = mode
    with pytest.raises(Failed):
        engine("libre").translate([TEXT])
    assert len(server.requests) == engines.ATTEMPTS


def test_pauses_grow_and_are_never_quite_the_same(server, pauses, monkeypatch):
    monkeypatch.setattr(engines, "PAUSE", 1.0)
    server.mode = "500"
    for _ in range(2):
        with pytest.raises(Failed):
            engine("libre").translate([TEXT])
    first, second = pauses[:3], pauses[3:]
    assert [0.5 <= one <= 1 for one in (first[0], first[1] / 2, first[2] / 4)] == [True] * 3
    assert len(pauses) == 6 and first != second


@pytest.mark.parametrize("header", ["7", email.utils.formatdate(time.time() + 3600 * 24 * 365, usegmt=True), "soon"])
def test_the_server_says_how_long_to_wait(server, pauses, header):
    server.plan, server.retry_after = ["limited"], header
    if header.startswith(("7", "soon")):
        engine("libre").translate([TEXT])
        assert [one >= 7 for one in pauses] == [header == "7"]
        return
    with pytest.raises(Stopped, match="run again later"):  # nobody waits for a year
        engine("libre").translate([TEXT])
    assert not pauses and len(server.requests) == 1


def test_a_limit_that_stays_stops_everything(server):
    server.mode = "limited"
    with pytest.raises(Stopped, match="429"):
        engine("libre").translate([TEXT])


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("401", "LIBRE_API_KEY"),
        ("403", "LIBRE_API_KEY"),
        ("language", "does not translate Chinese"),
        ("moved", "address"),
    ],
)
def test_what_will_not_pass_stops_at_once(server, mode, said):
    server.mode = mode
    with pytest.raises(Stopped, match=said):
        engine("libre").translate([TEXT])
    assert len(server.requests) == 1


@pytest.mark.parametrize("mode", ["400", "no text"])
def test_a_text_that_is_refused_is_not_asked_again(server, mode):
    server.mode = mode
    with pytest.raises(Failed):
        engine("libre").translate([TEXT])
    assert len(server.requests) == 1


def test_lines_that_came_back_as_one_are_no_answer(server):
    server.mode = "lines"
    with pytest.raises(Failed, match="1 lines for 2"):
        engine("libre").translate([TEXT, TEXT])


def test_a_server_that_is_not_there(server, monkeypatch):
    monkeypatch.setenv("LIBRE_URL", "http://127.0.0.1:9")
    with pytest.raises(Stopped, match="cannot be reached"):
        engine("libre").translate([TEXT])


def test_a_text_beyond_the_limit_is_not_sent(server):
    with pytest.raises(Failed, match="2001 characters, more than the 2000"):
        engine("libre").translate(["产" * 2001])
    assert not server.requests


MODES = ["ok", "400", "401", "403", "500", "no field", "html", "limited", "broken", "moved", "slow", "stray tags"]


@pytest.mark.parametrize("mode", MODES)
def test_a_key_is_never_said(server, cli, qinghe, monkeypatch, capfd, caplog, mode):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(engines, "ATTEMPTS", 2)
    server.mode = mode
    seconds = 0.2 if mode == "slow" else 10
    own = engine("libre", seconds)
    try:
        own.translate([TEXT])
    except (Failed, Stopped) as error:
        said = "".join(traceback.format_exception(error)) + repr(error)
    else:
        said = ""
    result = cli(
        "translate",
        "qinghe-2031",
        "--engine",
        "libre",
        "--only",
        2,
        "--limit-seconds",
        seconds,
        root=qinghe,
        code=int(mode != "ok"),
    )
    po = (qinghe / "source/qinghe-2031/en.po").read_text(encoding="utf-8")
    everything = "".join(
        [said, repr(own), str(vars(own).keys()), result.output, result.stderr, *capfd.readouterr(), caplog.text, po]
    )
    assert KEY not in everything
    assert any(request.get("api_key") == KEY for request in server.requests)  # else this test would prove nothing


def test_an_unknown_engine_is_told_the_known_ones(cli, qinghe):
    said = cli("translate", "qinghe-2031", "--engine", "babelfish", root=qinghe, code=1).output
    assert "google, mymemory, deepl, libre, microsoft, baidu" in said and said.count("\n") == 1
    assert not (qinghe / "source/qinghe-2031/en.po").exists()


@pytest.mark.parametrize(
    ("name", "variable"),
    [("libre", "LIBRE_URL"), ("deepl", "DEEPL_API_KEY"), ("microsoft", "MICROSOFT_API_KEY"), ("baidu", "BAIDU_APPID")],
)
def test_a_missing_variable_is_named(server, monkeypatch, name, variable):
    monkeypatch.delenv(variable, raising=False)
    with pytest.raises(Problem, match=f"environment variable {variable} ") as found:
        engine(name)
    assert "\n" not in str(found.value)


@pytest.mark.parametrize(
    ("variable", "value"), [("LIBRE_API_KEY", "“geheim-ü”"), ("LIBRE_API_KEY", "geheim\nx"), ("LIBRE_URL", "geheim")]
)
def test_a_variable_that_cannot_be_sent_is_not_repeated(server, monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    with pytest.raises(Problem, match=variable) as found:
        engine("libre")
    assert "geheim" not in str(found.value)


# The other engines, at addresses of ours


@pytest.fixture
def elsewhere(server, monkeypatch):
    from deep_translator import constants, microsoft

    for name, path in {
        "GOOGLE_TRANSLATE": "/google", "MYMEMORY": "/mymemory", "DEEPL": "/deepl/{version}/", "DEEPL_FREE": "/deepl-free/{version}/",
        "MICROSOFT_TRANSLATE": "/microsoft?api-version=3.0", "BAIDU": "/baidu",
    }.items():  # fmt: skip
        monkeypatch.setitem(constants.BASE_URLS, name, server.url + path)
    for name in ("DEEPL_API_KEY", "MICROSOFT_API_KEY", "BAIDU_APPID", "BAIDU_APPKEY"):
        monkeypatch.setenv(name, KEY)
    send = engines._Wire._send

    def at_home(self, method, url, **values):  # its list of languages has an address that cannot be set
        url = url.replace("https://api.cognitive.microsofttranslator.com", server.url + "/microsoft")
        assert url.startswith(server.url)
        return send(self, method, url, **values)

    monkeypatch.setattr(engines._Wire, "_send", at_home)
    assert microsoft.BASE_URLS is constants.BASE_URLS
    return server


@pytest.mark.parametrize("name", [name for name in engines.NAMES if name != "libre"])
def test_every_engine_speaks_as_deep_translator_taught_it(elsewhere, name):
    own = engine(name)
    texts = [TEXT, "<c1>建设青禾软件园</c1>。"][: own.texts]
    assert own.translate(texts) == [english(text) for text in texts]
    assert all(KEY not in request["path"] for request in elsewhere.requests if name != "baidu")
    assert len(elsewhere.requests) == (2 if name == "microsoft" else 1)  # it asks for its languages first


def test_deepl_takes_a_post_with_the_key_in_a_header(elsewhere):
    engine("deepl").translate([TEXT])
    (request,) = elsewhere.requests
    assert (request["method"], request["headers"]["Authorization"]) == ("POST", f"DeepL-Auth-Key {KEY}")
    assert "auth_key" not in request and request["path"].startswith("/deepl/")


def test_a_free_key_of_deepl_goes_to_its_free_service(elsewhere, monkeypatch):
    monkeypatch.setenv("DEEPL_API_KEY", KEY + ":fx")
    engine("deepl").translate([TEXT])
    assert elsewhere.requests[0]["path"].startswith("/deepl-free/")


@pytest.mark.parametrize(("name", "said"), [("mymemory", "allowance"), ("baidu", "BAIDU_APPKEY")])
def test_an_error_that_is_told_as_a_success_is_one(elsewhere, name, said):
    elsewhere.mode = "warning"
    with pytest.raises(Stopped, match=said):
        engine(name).translate([TEXT])
