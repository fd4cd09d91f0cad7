#!/bin/sh
# What the tests need from the system: a browser, a Java runtime, GNU gettext, npm, fonts, a library of Playwright.
set -eu
manque=""
command -v chromium >/dev/null || manque="$manque chromium"
# The same engine without a window, three times cheaper a test (outils/navigateur.py); done without where Debian has none.
[ "$(id -u)" -ne 0 ] || command -v chromium-headless-shell >/dev/null || manque="$manque chromium-headless-shell"
command -v java >/dev/null || manque="$manque default-jre-headless"
command -v xgettext >/dev/null || manque="$manque gettext"
command -v npm >/dev/null || manque="$manque nodejs npm"
[ -d /usr/share/fonts/truetype/noto ] || manque="$manque fonts-noto-core"
# Playwright brings its own Node.js, which is linked with it; a bare Debian has no compiler and no libatomic.
/sbin/ldconfig -p | grep -q libatomic.so.1 || manque="$manque libatomic1"
[ -z "$manque" ] && exit 0
if [ "$(id -u)" -ne 0 ]; then
    echo "Les tests ont besoin de paquets qui manquent. En administrateur : apt-get install --no-install-recommends$manque" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $manque >/dev/null
