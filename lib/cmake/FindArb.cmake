# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# Arb (ball arithmetic) together with what it needs: FLINT, MPFR, GMP. Arb is a library of its own up to 2.23 (Debian calls it
# flint-arb) and a part of FLINT from 3.0 on. Defines the target Arb::Arb and Arb_VERSION.
find_path(Arb_INCLUDE_DIR NAMES flint/arb.h arb.h)
find_library(Arb_LIBRARY NAMES flint-arb arb flint)
find_library(Arb_FLINT_LIBRARY NAMES flint)
find_library(Arb_MPFR_LIBRARY NAMES mpfr)
find_library(Arb_GMP_LIBRARY NAMES gmp)

if(Arb_INCLUDE_DIR)
    if(EXISTS "${Arb_INCLUDE_DIR}/flint/arb.h")
        set(_arb_version_header "${Arb_INCLUDE_DIR}/flint/flint.h")
        set(_arb_version_macro "__FLINT_VERSION|FLINT_VERSION")
    else()
        set(_arb_version_header "${Arb_INCLUDE_DIR}/arb.h")
        set(_arb_version_macro "__ARB_VERSION")
    endif()
    set(_arb_numbers "")
    foreach(_suffix IN ITEMS "" "_MINOR" "_PATCHLEVEL")
        file(STRINGS "${_arb_version_header}" _arb_line LIMIT_COUNT 1
             REGEX "^#define +(${_arb_version_macro})${_suffix} +[0-9]+")
        if(_arb_line MATCHES "([0-9]+)$")
            list(APPEND _arb_numbers "${CMAKE_MATCH_1}")
        endif()
    endforeach()
    list(JOIN _arb_numbers "." Arb_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Arb
    REQUIRED_VARS Arb_LIBRARY Arb_FLINT_LIBRARY Arb_MPFR_LIBRARY Arb_GMP_LIBRARY Arb_INCLUDE_DIR
    VERSION_VAR Arb_VERSION)

if(Arb_FOUND AND NOT TARGET Arb::Arb)
    add_library(Arb::Arb INTERFACE IMPORTED)
    target_include_directories(Arb::Arb SYSTEM INTERFACE "${Arb_INCLUDE_DIR}")
    target_link_libraries(Arb::Arb INTERFACE "${Arb_LIBRARY}" "${Arb_FLINT_LIBRARY}" "${Arb_MPFR_LIBRARY}" "${Arb_GMP_LIBRARY}")
endif()
mark_as_advanced(Arb_INCLUDE_DIR Arb_LIBRARY Arb_FLINT_LIBRARY Arb_MPFR_LIBRARY Arb_GMP_LIBRARY)
