#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Gradient, Gram matrix and population quantities in alternating pairs with PyTorch and NumPy; wants a machine to itself.
set -euo pipefail
here="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
top="$here/../.."
for python in python3 /usr/bin/python3; do
    if "$python" -c 'import torch, numpy, mpmath' 2>/dev/null; then found="$python"; break; fi
done
if [ -z "${found:-}" ]; then
    printf 'FIGURE: no Python with torch, numpy and mpmath (Debian: python3-torch python3-numpy python3-mpmath)\n'
    exit 77
fi
table="$("$found" "$top/verify/benchmarks/network.py" --build "$top/build" --pairs 7)"
printf '%s\n' "$table"
ratio() { awk -F'  +' -v case="$1" -v side="$2" 'index($1, case) == 1 && index($0, side) { print $5; exit }' <<<"$table"; }
printf 'FIGURE: times as fast as PyTorch autograd, one thread: erf %s, tanh %s, relu %s; keeping memory: erf %s, tanh %s, relu %s; Gram matrix, n = 256: %s\n' \
    "$(ratio 'gradient, erf, 1' 'autograd;')" "$(ratio 'gradient, tanh, 1' 'autograd;')" "$(ratio 'gradient, relu, 1' 'autograd;')" \
    "$(ratio 'gradient, erf, 1' 'keeping')" "$(ratio 'gradient, tanh, 1' 'keeping')" "$(ratio 'gradient, relu, 1' 'keeping')" \
    "$(ratio 'Gram matrix, n = 256' 'PyTorch')"
