#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# The best bound known before training at t = 1/mu_1, over 20 seeds: for how many it is informative at m = 256, and how far
# above the measured deviation it is at m = 16384.
set -euo pipefail
here="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
build="$here/../../build"
work="${NTK_LONG_DIRECTORY:?}"
mkdir -p "$work"
NTK_TEST_SIZE=full "$build/tests/ntk-tests" --source-file='*tests/lib/deviation/bound_tightness_test*' --test-case='the best bound*' |
    tee "$work/tests.txt"
printf 'FIGURE: %s\n' "$(sed -n 's/^tightness at t = 1\/mu_1: //p' "$work/tests.txt" | paste -sd ';' | sed 's/;/; /g')"
