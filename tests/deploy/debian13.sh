#!/usr/bin/env bash
# Run the tests on Debian 13 and its Python 3.13, in a root of its own: `tests/deploy/debian13.sh ROOT [PYTEST ARGUMENTS]`
# As root; needs debootstrap and unshare. ROOT is made where it is not there yet, and is used again the next time.
# Nothing is left mounted: all of it ends with the command.
set -euo pipefail
root=${1:?name a folder for the root}
shift
here=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
[ -e "$root/etc/debian_version" ] || debootstrap --variant=minbase trixie "$root" ${MIRROR:+"$MIRROR"}
rm -rf "$root/srv/attune.git"
git clone --quiet --bare "$here" "$root/srv/attune.git"
cp /etc/resolv.conf /etc/hosts "$root/etc/"
mkdir -p "$root/usr/local/share/machine"
cp -L /etc/ssl/certs/ca-certificates.crt "$root/usr/local/share/machine/" # whatever this machine trusts on its way out
cat >"$root/srv/run" <<'END'
set -euo pipefail
command -v chromium >/dev/null && compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || {
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d # no server is started in here
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends python3 python3-venv ca-certificates git tzdata chromium systemd \
        postgresql pgbouncer >/dev/null
}
cd /srv
[ -d attune ] || git clone --quiet attune.git attune
cd attune
git fetch --quiet origin
git reset --quiet --hard FETCH_HEAD
[ -d .uv ] || { python3 -m venv .uv && .uv/bin/pip install --quiet uv; }
.uv/bin/uv sync --quiet
.venv/bin/python --version
exec .venv/bin/pytest -q -p no:cacheprovider "$@"
END
export root
exec unshare --mount bash -c '
mount --make-rprivate /
mount --rbind /dev "$root/dev" && mount -t proc proc "$root/proc" && mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
trust=/usr/local/share/machine/ca-certificates.crt
exec chroot "$root" env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive SSL_CERT_FILE=$trust PIP_CERT=$trust \
    PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin bash /srv/run "$@"' attune "$@"
