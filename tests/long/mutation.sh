#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Every entry of tests/mutation/mutants.toml is noticed by the tests and checks that it names.
set -euo pipefail
here="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
# One folder for all states of the tree: what did not change is not compiled again.
exec python3 "$here/../mutation/run.py" "$here/../../build/long/mutation"
