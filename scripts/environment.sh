#!/bin/sh
# Make or renew a virtual environment: environment.sh FOLDER PACKAGE, as in .venv '.' or .venv-test '.[test]'.
# Does nothing when the environment is there and what it was made from has not changed.
set -eu
cd "$(dirname "$0")/.."
folder=$1
package=$2

if [ -f "$folder/made-from" ] && cat pyproject.toml constraints.txt | cmp -s - "$folder/made-from"; then
    exit 0
fi

python=
for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
    if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Unpinch needs Python 3.11 or newer. Install it, or name it: PYTHON=/path/to/python3 ./run" >&2
    exit 1
fi

# Debian keeps the part of Python that makes environments in a package of its own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    as_root=
    [ "$(id -u)" = 0 ] || as_root="sudo"
    if command -v apt-get >/dev/null && { [ -z "$as_root" ] || command -v sudo >/dev/null; }; then
        echo "Installing $version, which Python needs to make an environment."
        $as_root apt-get update -qq && $as_root apt-get install -y -qq "$version"
    else
        echo "Python cannot make a virtual environment here. Install $version, then try again." >&2
        exit 1
    fi
fi

echo "Installing Unpinch into $folder (once; this takes a minute or two)."
[ -x "$folder/bin/python" ] || "$python" -m venv "$folder"
# The second name is how newer versions of pip hold the build itself to the same versions.
PIP_CONSTRAINT=$PWD/constraints.txt PIP_BUILD_CONSTRAINT=$PWD/constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 \
    "$folder/bin/python" -m pip install --quiet --editable "$package"
cat pyproject.toml constraints.txt >"$folder/made-from"
