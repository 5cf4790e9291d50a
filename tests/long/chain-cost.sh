#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Processor time of a chain of bounds for 8 probes at m = 4096, n = 512 and 200 times, against its trajectory.
set -euo pipefail
here="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
build="$here/../../build"
work="${NTK_LONG_DIRECTORY:?}"
mkdir -p "$work"
NTK_TEST_SIZE=full "$build/tests/ntk-tests" --source-file='*tests/lib/deviation/bound_tightness_test*' --test-case='the chain of eight*' |
    tee "$work/tests.txt"
printf 'FIGURE: %s\n' "$(sed -n 's/^cost: //p' "$work/tests.txt" | paste -sd ';' | sed 's/;/; /g')"
