#!/bin/sh
# Bring the virtual environment $1 to the requirements file $2 with $PYTHON, then set the stamp $3.
set -eu
venv=$1 requirements=$2 stamp=$3
python=${PYTHON:-python3}
unfinished=$venv/.unfinished   # stands while something is being installed: where it stayed, nothing inside can be trusted

fail() { echo "$1" >&2; exit 1; }

apt_install() {   # false where the package manager is not ours to use
    sudo=""
    [ "$(id -u)" = 0 ] || { sudo -n true 2>/dev/null && sudo="sudo -n"; } || return 1
    command -v apt-get >/dev/null 2>&1 || return 1
    echo "installing $1 …"
    $sudo apt-get update -qq >/dev/null 2>&1 || true
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" </dev/null >/dev/null 2>&1
}

create() {
    rm -rf "$venv"
    mkdir -p "$venv"
    touch "$unfinished"
    "$python" -m venv "$venv" >/dev/null 2>&1
}

packages() { ls -a "$venv"/lib/python*/site-packages; }

if [ -e "$unfinished" ] || ! "$venv/bin/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    command -v "$python" >/dev/null 2>&1 || fail "Python 3.11 or newer was expected, no $python was found → install python3"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
        fail "Python 3.11 or newer was expected, $("$python" --version 2>&1) was found → make PYTHON=/path/to/python3.11"
    # Debian and Ubuntu keep venv in a package of its own.
    create || { apt_install python3-venv && create; } || {
        rm -rf "$venv"; fail "$python cannot make a virtual environment → on Debian or Ubuntu: apt-get install python3-venv"; }
fi

echo "installing $requirements …"
touch "$unfinished"
before=$(packages)
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$requirements" -c constraints.txt || {
    [ "$before" != "$(packages)" ] || rm -f "$unfinished"   # nothing was begun, as without a network: what was there still works
    fail "$requirements could not be installed → see above, then run make again"
}
rm -f "$unfinished"
touch "$stamp"
