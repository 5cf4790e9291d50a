#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Every inequality of the chain and of the overparameterised regime on 200 random small instances; verdicts with the time grid
# halved, on five instances.
set -euo pipefail
here="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
build="$here/../../build"
work="${NTK_LONG_DIRECTORY:?}"
mkdir -p "$work"
NTK_TEST_SIZE=full "$build/tests/ntk-tests" --source-file='*tests/lib/deviation/random_instances_test*' --test-case='no inequality*,halving*' |
    tee "$work/tests.txt"
printf 'FIGURE: %s\n' "$(sed -n 's/^random instances: //p' "$work/tests.txt" | paste -sd ';' | sed 's/;/; /g')"
