#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# The unit tests at full size: every reference record by every route.
set -euo pipefail
here="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
build="$here/../../build"
junit="$(mktemp)"
trap 'rm -f "$junit"' EXIT
status=0
NTK_TEST_SIZE=full ctest --test-dir "$build" --label-regex unit --parallel "$(nproc)" --output-on-failure --output-junit "$junit" || status=$?
lines="$(python3 "$here/../summary.py" "$junit")"
sed '$d' <<<"$lines"
read -r passed failed skipped < <(tail -n 1 <<<"$lines")
printf 'FIGURE: %d test cases passed, %d failed, %d skipped at full size\n' "$passed" "$failed" "$skipped"
[ "$status" -eq 0 ] && [ "$failed" -eq 0 ]
