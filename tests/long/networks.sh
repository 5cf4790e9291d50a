#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Networks at full size: the unit tests of the rooms below and of the network at every SIMD level of this machine, and the gradient of
# n = 4096, m = 65536, d = 10 within 6 GB.
set -euo pipefail
here="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
build="$here/../../build"
levels=()
for level in baseline avx2 avx512; do
    reported="$(NTK_SIMD=$level "$build/ntk" --version 2>/dev/null)" || reported=""
    if ! grep -q "^SIMD $level$" <<<"$reported"; then
        echo "$level: SKIPPED, this machine does not have it"
        continue
    fi
    NTK_SIMD=$level NTK_TEST_SIZE=full ctest --test-dir "$build" --tests-regex '^library-(activation|ridge|network)$' \
        --parallel "$(nproc)" --output-on-failure
    levels+=("$level")
done
measured="$(python3 - "$build/ntk" <<'PYTHON'
import json, resource, subprocess, sys

command = [sys.argv[1], "bench", "rhs", "--activation", "erf", "--samples", "4096", "--width", "65536", "--dim", "10",
           "--repeat", "3", "--format", "json"]
seconds = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["wall_s"]["median"]
mebibytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
if mebibytes > 6000:
    sys.exit(f"{mebibytes:.0f} MiB: more than 6 GB")
print(f"{seconds:.2f} s and {mebibytes:.0f} MiB")
PYTHON
)"
printf 'FIGURE: unit tests at full size passed at %s; a gradient of n = 4096, m = 65536, d = 10 takes %s\n' "${levels[*]}" "$measured"
