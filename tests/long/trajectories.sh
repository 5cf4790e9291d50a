#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Trajectories at full size: the unit tests of flows and simulations (500 random problems against runs by the other integrator, 50
# in Real), and a network with m = 65536, n = 1024, d = 3 up to t = 100 in at most ten minutes.
set -euo pipefail
here="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
build="$here/../../build"
work="${NTK_LONG_DIRECTORY:?}"
mkdir -p "$work"
NTK_TEST_SIZE=full "$build/tests/ntk-tests" \
    --source-file='*tests/lib/flow/*,*tests/lib/deviation/error_estimate*,*tests/lib/deviation/simulation*' | tee "$work/tests.txt"
figures="$(grep '^stated errors of' "$work/tests.txt")"

cat >"$work/wide.toml" <<'STUDY'
[kernel]
activation = "erf"
bias = 1.0
output_bias = true
[sphere]
dim = 3
[target]
probes = [{degree = 1, amplitude = 1.0}, {degree = 3, amplitude = 0.5, axis = [1, 2, 2]}]
[network]
width = 65536
[data]
samples = 1024
seed = 7
[flow]
time = 100.0
tolerance = 1e-7
STUDY
start=$SECONDS
"$build/ntk" --quiet simulate "$work/wide.toml" --out "$work/wide" --restart
seconds=$((SECONDS - start))
[ "$seconds" -le 600 ] || { echo "m = 65536, n = 1024 took $seconds s: more than ten minutes"; exit 1; }
error="$(python3 -c '
import json, sys
print("%.1e" % max(json.load(open(sys.argv[1]))["residual_norm"]["error"]))' "$work/wide/trajectory.json")"
printf 'FIGURE: %s; m = 65536, n = 1024, d = 3 up to t = 100 in %s s on %s cores, error of ||r|| %s\n' \
    "$figures" "$seconds" "$(nproc)" "$error"
