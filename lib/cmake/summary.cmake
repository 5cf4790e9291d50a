# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0

# The value of a version macro in a system header, e.g. 4.2.0; "unknown" if it is not there.
function(ntk_header_version result header pattern)
    set(version unknown)
    find_file(_ntk_header NAMES "${header}" NO_CACHE)
    if(_ntk_header)
        file(STRINGS "${_ntk_header}" line LIMIT_COUNT 1 REGEX "${pattern}")
        if(line MATCHES "([0-9][0-9.]*)")
            string(REGEX MATCH "\"?([0-9]+\\.[0-9.]+)\"?" unused "${line}")
            set(version "${CMAKE_MATCH_1}")
        endif()
    endif()
    set(${result} "${version}" PARENT_SCOPE)
endfunction()

# What was found and what will be built, once, at the end of the configuration.
function(ntk_print_summary)
    ntk_header_version(mpfr mpfr.h "define MPFR_VERSION_STRING")
    set(rows
        "version|${PROJECT_VERSION}"
        "build type|${CMAKE_BUILD_TYPE}"
        "compiler|${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
        "warnings are errors|${NTK_WARNINGS_AS_ERRORS}"
        "ccache|no"
        "Boost|${Boost_VERSION_STRING}"
        "Eigen|${Eigen3_VERSION}"
        "Arb|${Arb_VERSION}"
        "MPFR|${mpfr}"
        "program|${NTK_BUILD_PROGRAM}"
        "tests|${NTK_BUILD_TESTS}"
        "SUNDIALS (tests only)|${SUNDIALS_FOUND}")
    message(STATUS "ntk configuration")
    foreach(row IN LISTS rows)
        string(REPLACE "|" ";" pair "${row}")
        list(GET pair 0 name)
        list(LENGTH pair length)
        set(value "not found")
        if(length GREATER 1)
            list(GET pair 1 value)
        endif()
        if(name STREQUAL "ccache")
            set(value no)
            if(CCACHE_PROGRAM)
                set(value yes)
            endif()
        endif()
        string(LENGTH "${name}" used)
        math(EXPR padding "24 - ${used}")
        string(REPEAT " " ${padding} spaces)
        message(STATUS "  ${name}${spaces}${value}")
    endforeach()
endfunction()
