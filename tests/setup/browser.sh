#!/bin/sh
# Print the path of a Chromium for the tests; install one, and CJK fonts, where the package manager is ours to use.
set -eu

fail() { echo "$1" >&2; exit 1; }

runs() { "$1" --version >/dev/null 2>&1; }   # Ubuntu's chromium-browser without its snap is there and does not run

browser() {
    cache=${PLAYWRIGHT_BROWSERS_PATH:-}
    for one in chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /Applications/Chromium.app/Contents/MacOS/Chromium \
        "${cache:-$HOME/.cache/ms-playwright}"/chromium-*/chrome-linux*/chrome \
        "${cache:-$HOME/Library/Caches/ms-playwright}"/chromium-*/chrome-mac*/*.app/Contents/MacOS/*; do
        path=$(command -v "$one" 2>/dev/null) && runs "$path" && echo "$path" && return 0
    done
    return 1
}

has_fc() { command -v fc-list >/dev/null 2>&1 || [ "$(uname)" = Darwin ]; }

fonts() { has_fc && { ! command -v fc-list >/dev/null 2>&1 || [ -n "$(fc-list :lang=zh-cn family 2>/dev/null | head -n 1)" ]; }; }

apt_install() {   # one call for each need, so that one that fails does not take the other with it
    echo "installing $* …" >&2
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null 2>&1 || true
}

if [ -n "${CHROMIUM:-}" ]; then
    found=$(command -v "$CHROMIUM" 2>/dev/null) && runs "$found" || fail "CHROMIUM names no browser that runs: $CHROMIUM → correct or unset it"
else
    found=$(browser) || found=""
fi

sudo=""
if [ -z "$found" ] || ! fonts; then
    if command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || { sudo -n true 2>/dev/null && sudo="sudo -n"; }; }; then
        $sudo apt-get update -qq >/dev/null 2>&1 || true
        fonts || apt_install fontconfig fonts-noto-cjk
        [ -n "$found" ] || { apt_install chromium; found=$(browser) || found=""; }
    fi
fi
[ -n "$found" ] || fail "no Chromium that runs was found → install chromium or Google Chrome, or run: .venv/bin/python -m playwright install chromium"
fonts || fail "no font with Chinese characters was found → install fontconfig and fonts-noto-cjk"
echo "$found"
