#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Certificates of convergence at full size: the first power of two at which each form fires for at least 19 of 20 seeds,
# on the two points of theory.md and on a tetrahedron with biases; coverage of the bounds on sampled spectra.
set -euo pipefail
here="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
build="$here/../../build"
work="${NTK_LONG_DIRECTORY:?}"
mkdir -p "$work"
NTK_TEST_SIZE=full "$build/tests/ntk-tests" \
    --source-file='*tests/lib/deviation/overparameterised_test*,*tests/lib/deviation/sampled_spectrum_test*' |
    tee "$work/tests.txt"
printf 'FIGURE: first width for 19 of 20 seeds: %s\n' \
    "$(sed -n 's/^certificates on //p' "$work/tests.txt" | paste -sd ';' | sed 's/;/; /')"
