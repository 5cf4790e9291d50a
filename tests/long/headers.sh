#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Every public header compiles alone.
set -euo pipefail
here="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
source "$here/../../verify/setup.sh"
ntk_compile "$ntk_build" all_verify_interface_header_sets
printf 'FIGURE: %d headers compile alone\n' "$(find "$ntk_root/lib/ntk" -name '*.hpp' | wc -l)"
