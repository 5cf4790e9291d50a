# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced by verify/run and tests/run: finds the tree, installs the Debian packages that are missing, configures and builds.
# Everything it says goes to stderr; a failure of the machine (packages, configuration, build) ends with exit code 4.

ntk_root="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
ntk_build="$ntk_root/build"

# One line per need: who has it (program or tests) | Debian package, then others that do as well | the command it is wanted for | purpose.
# A command that is already there from elsewhere (a newer cmake, another compiler) is good enough.
ntk_packages() {
    cat <<'TABLE'
program|g++|c++|C++20 compiler
program|cmake|cmake|configuration
program|ninja-build|ninja|build
program|ccache|ccache|repeated builds in seconds
program|libboost-dev,libboost1.74-dev,libboost1.81-dev||multiprecision numbers, quadrature, integrators
program|libeigen3-dev||linear algebra
program|libgmp-dev||exact integers and fractions
program|libmpfr-dev||numbers of any precision
program|libflint-dev||exact polynomials and series
program|libflint-arb-dev||rigorous enclosures (ball arithmetic)
program|librandom123-dev||random streams
program|libsundials-dev||second integrator of gradient flow (CVODE)
program|nlohmann-json3-dev||JSON
program|zlib1g-dev||compressed .npz files
program|libtomlplusplus-dev||study files
program|libcli11-dev||command line
program|libfmt-dev||formatted text
program|libkainjow-mustache-dev||templates of the report
program|gnuplot-nox|gnuplot|plots of the report
tests|doctest-dev||unit tests
tests|python3|python3|test scripts
tests|python3-numpy||.npz files as NumPy writes them
tests|git|git|version of the tree in test records
TABLE
}

ntk_say() { printf '%s\n' "$*" >&2; }

ntk_fail() {
    ntk_say "error: $*"
    exit 4
}

ntk_package_is_there() {  # packages separated by commas, command
    local package
    if [ -n "$2" ] && command -v "$2" >/dev/null; then return 0; fi
    command -v dpkg-query >/dev/null || return 1
    for package in ${1//,/ }; do
        [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] && return 0
    done
    return 1
}

# ntk_install NEED...: installs what is missing for these needs. NTK_PACKAGES=present takes the user's word that all is there.
ntk_install() {
    [ "${NTK_PACKAGES:-}" != present ] || return 0
    local need package command purpose missing=() lines=() administrator=()
    while IFS='|' read -r need package command purpose; do
        case " $* " in *" $need "*) ;; *) continue ;; esac
        ntk_package_is_there "$package" "$command" && continue
        missing+=("${package%%,*}")
        lines+=("$(printf '  %-26s %s (for the %s)' "${package%%,*}" "$purpose" "$need")")
    done < <(ntk_packages)
    [ ${#missing[@]} -gt 0 ] || return 0

    if [ "$(id -u)" -ne 0 ]; then administrator=(sudo); fi
    if ! command -v apt-get >/dev/null || ! command -v "${administrator[0]:-env}" >/dev/null; then
        ntk_say "Needed and not found (names of Debian 12 packages):"
        printf '%s\n' "${lines[@]}" >&2
        ntk_say "They cannot be installed from here: apt-get with root or sudo is not available."
        ntk_say "Install them by other means; where dpkg does not know about them, set NTK_PACKAGES=present and run this again."
        exit 4
    fi
    ntk_say "installing: ${missing[*]}"
    # The package manager talks to stderr, stdout belongs to the results.
    { "${administrator[@]}" apt-get update -q &&
        "${administrator[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}"
    } >&2 </dev/null || ntk_fail "apt-get could not install: ${missing[*]}"
}

# How a tree is built that nobody is working in: from scratch it takes about 60 % of the time (see CMakeLists.txt).
ntk_from_scratch=(NTK_PRECOMPILED_HEADERS=ON CMAKE_UNITY_BUILD=ON)

# ntk_configured DIRECTORY NAME=VALUE...: true if DIRECTORY was configured for this tree with these cache entries.
ntk_configured() {
    local cache="$1/CMakeCache.txt" entry
    [ -f "$1/build.ninja" ] && [ -f "$cache" ] || return 1
    grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$ntk_root" "$cache" || return 1
    for entry in "${@:2}"; do
        grep -qE "^${entry%%=*}:[A-Z]+=${entry#*=}\$" "$cache" || return 1
    done
}

# ntk_configure PRESET DIRECTORY NAME=VALUE...: nothing happens where ntk_configured.
ntk_configure() {
    local preset="$1" directory="$2" fresh=()
    shift 2
    if ntk_configured "$directory" "$@"; then return 0; fi
    # A directory of another tree or of an interrupted configuration starts anew; ccache keeps the work.
    ntk_configured "$directory" || fresh=(--fresh)
    (cd "$ntk_root" && cmake "${fresh[@]}" --preset "$preset" "${@/#/-D}") >&2 || ntk_fail "the configuration failed"
}

# ntk_compile DIRECTORY TARGET...: builds with all cores.
ntk_compile() {
    local directory="$1"
    shift
    # Relative paths in the cache of ccache, so that a second clone of the tree profits from the first.
    # The rest is what ccache needs to know about precompiled headers.
    CCACHE_BASEDIR="$ntk_root" CCACHE_SLOPPINESS=pch_defines,time_macros cmake --build "$directory" --target "$@" >&2 || ntk_fail "the build failed"
}
