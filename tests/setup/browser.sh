#!/bin/sh
# Print the path of a Chromium for the tests; install one, and CJK fonts, where the package manager is ours to use.
set -eu

browser() {
    for one in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /Applications/Chromium.app/Contents/MacOS/Chromium; do
        [ -n "$one" ] && command -v "$one" 2>/dev/null && return 0
    done
    return 1
}

fonts() { ! command -v fc-list >/dev/null 2>&1 || [ -n "$(fc-list :lang=zh-cn family 2>/dev/null | head -n 1)" ]; }

has_fc() { command -v fc-list >/dev/null 2>&1 || [ "$(uname)" = Darwin ]; }

if ! browser >/dev/null || ! has_fc || ! fonts; then
    sudo=""
    [ "$(id -u)" = 0 ] || { sudo -n true 2>/dev/null && sudo="sudo -n"; }
    if command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || [ -n "$sudo" ]; }; then
        echo "installing chromium and CJK fonts …" >&2
        $sudo apt-get update -qq >/dev/null 2>&1 || true
        package=chromium
        browser >/dev/null && package=""
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $package fonts-noto-cjk fontconfig >/dev/null 2>&1 || true
    fi
fi
browser || { echo "no Chromium was found, the browser tests need one → install chromium or Google Chrome, or set CHROMIUM" >&2; exit 1; }
fonts || { echo "no font with Chinese characters was found → install fonts-noto-cjk" >&2; exit 1; }
