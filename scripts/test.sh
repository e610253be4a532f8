#!/usr/bin/env bash
# Installs what is needed and runs all tests: those of the engine and the networks in the worker's environment,
# those of the plugin in QGIS's Python. Safe to repeat. The last line sums up both.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$ROOT"

install_packages git mount
prepare_profile

say "Setting up the worker's environment"
qgis_process run terraloom:setupenvironment -- TIER=learn EXTRAS=openvino
WORKER=$TERRALOOM_HOME/environment/bin/python
"$WORKER" -m pip install -q --disable-pip-version-check -r tests/requirements.txt

say "Setting up the tests' environment for QGIS's Python"
QGIS_TESTS=$PRIVATE/qgis-tests
make_venv "$QGIS_TESTS" --system-site-packages
"$QGIS_TESTS/bin/python" -m pip install -q --disable-pip-version-check -r tests/requirements-qgis.txt

say "Static checks"
"$WORKER" -m ruff check .
# Under its own name, so that imports from one room to another can be followed.
mkdir -p build/typing
ln -sfn "$PWD" build/typing/terraloom
(cd build/typing && "$WORKER" -m mypy --config-file terraloom/pyproject.toml -p terraloom.engine -p terraloom.models)

status=0
rm -f "$PRIVATE/worker.xml" "$PRIVATE/qgis.xml"
say "Tests of the engine and the networks, in the worker's environment"
"$WORKER" -m pytest tests/house tests/engine tests/models -q --junitxml="$PRIVATE/worker.xml" || status=$?
say "Tests of the plugin, in QGIS's Python"
with_qgis "$QGIS_TESTS/bin/python" -m pytest tests/qgis -q --junitxml="$PRIVATE/qgis.xml" || status=$?

say "Both together"
"$WORKER" scripts/sum_up.py "$PRIVATE/worker.xml" "$PRIVATE/qgis.xml" || status=$?
exit "$status"
