#!/bin/sh
# Print the path of the program $1 for the tests: the system's, or one taken from the Debian package $2 into the folder $3.
# Nothing is installed (a web server would be started); without either, nothing is printed, and its tests skip.
set -eu
program=$1 package=$2 folder=$3

runs() { "$1" -v >/dev/null 2>&1 || "$1" i >/dev/null 2>&1; }

for one in "$program" "/usr/sbin/$program" "/usr/local/sbin/$program" "/opt/homebrew/bin/$program" "$folder/usr/bin/$program" "$folder/usr/sbin/$program"; do
    path=$(command -v "$one" 2>/dev/null) && runs "$path" && echo "$path" && exit 0
done
command -v apt-get >/dev/null 2>&1 && command -v dpkg-deb >/dev/null 2>&1 || exit 0
mkdir -p "$folder"
(cd "$folder" && apt-get download -qq "$package" >/dev/null 2>&1 && dpkg-deb -x "$package"_*.deb . >/dev/null 2>&1) || exit 0
rm -f "$folder/$package"_*.deb
for one in "$folder/usr/bin/$program" "$folder/usr/sbin/$program"; do
    runs "$one" && echo "$one" && exit 0
done
exit 0
