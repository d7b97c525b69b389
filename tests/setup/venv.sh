#!/bin/sh
# Make the virtual environment $1 with $PYTHON, or leave a good one as it is.
set -eu
venv=$1
python=${PYTHON:-python3}

command -v "$python" >/dev/null 2>&1 || { echo "Python 3.11 or newer was expected, no $python was found → install python3" >&2; exit 1; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 or newer was expected, $("$python" --version 2>&1) was found → make PYTHON=/path/to/python3.11" >&2; exit 1; }
"$venv/bin/python" -m pip --version >/dev/null 2>&1 && exit 0
rm -rf "$venv"
"$python" -m venv "$venv" >/dev/null 2>&1 && exit 0
rm -rf "$venv"

# Debian and Ubuntu keep venv in a package of its own.
sudo=""
[ "$(id -u)" = 0 ] || { sudo -n true 2>/dev/null && sudo="sudo -n"; }
if command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || [ -n "$sudo" ]; }; then
    echo "installing python3-venv …"
    $sudo apt-get update -qq >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends python3-venv >/dev/null 2>&1 || true
    "$python" -m venv "$venv" >/dev/null 2>&1 && exit 0
    rm -rf "$venv"
fi
echo "$python cannot make a virtual environment → on Debian or Ubuntu: apt-get install python3-venv" >&2
exit 1
