#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# How often each random term of U5, and U5 itself, is exceeded over 1000 seeds, against its probability.
set -euo pipefail
here="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
build="$here/../../build"
work="${NTK_LONG_DIRECTORY:?}"
mkdir -p "$work"
NTK_TEST_SIZE=full "$build/tests/ntk-tests" --source-file='*tests/lib/deviation/random_instances_test*' --test-case='the bounds with probability*' |
    tee "$work/tests.txt"
printf 'FIGURE: %s\n' "$(sed -n 's/^coverage of //p' "$work/tests.txt" | paste -sd ';' | sed 's/;/; /g')"
