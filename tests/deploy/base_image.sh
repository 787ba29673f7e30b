#!/usr/bin/env bash
# Make an image that stands in for Docker Hub's python:3.13-slim, where only Debian can be reached: Debian 13 with its
# own Python 3.13. As root; needs buildah and debootstrap. Then: pytest -m long tests/deploy/test_deploy_container.py
set -euo pipefail
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase --include=python3,python3-venv,python3-pip,ca-certificates,tzdata,netbase trixie "$root" ${1:+"$1"} # a mirror of one's own, or debootstrap's
# as in that image: `python` is there, and pip installs for all without asking
ln -s python3 "$root/usr/bin/python"
rm -f "$root"/usr/lib/python3*/EXTERNALLY-MANAGED
# whatever certificates this machine trusts on its way to the package registry
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
container=$(buildah from scratch)
buildah add --quiet "$container" "$root" / >/dev/null
buildah config --env SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt --env PIP_CERT=/etc/ssl/certs/ca-certificates.crt "$container"
buildah commit --quiet --rm "$container" docker.io/library/python:3.13-slim
