#!/bin/sh
# Print the path of an nginx for the tests: the system's, or one taken from its package into the folder $1. Nothing is
# installed, since installing the package would start a web server; without either, nothing is printed and nginx's tests skip.
set -eu
folder=$1

runs() { "$1" -v >/dev/null 2>&1; }

for one in nginx /usr/sbin/nginx /usr/local/sbin/nginx /opt/homebrew/bin/nginx "$folder/usr/sbin/nginx"; do
    path=$(command -v "$one" 2>/dev/null) && runs "$path" && echo "$path" && exit 0
done
command -v apt-get >/dev/null 2>&1 && command -v dpkg-deb >/dev/null 2>&1 || exit 0
mkdir -p "$folder"
(cd "$folder" && apt-get download -qq nginx >/dev/null 2>&1 && dpkg-deb -x nginx_*.deb . >/dev/null 2>&1) || exit 0
rm -f "$folder"/nginx_*.deb
runs "$folder/usr/sbin/nginx" && echo "$folder/usr/sbin/nginx" || exit 0
