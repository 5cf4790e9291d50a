# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
#
# The kernels for vectors of doubles: files named *_avx2.cpp and *_avx512.cpp are compiled for those processors, all others for
# the baseline; the program chooses when it starts (lib/ntk/numeric/simd.hpp). On other processors the same files are empty.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
    set(vector_sources ${NTK_SOURCES})
    set(avx2_options -mavx2 -mfma)
    # The intrinsics of GCC 12 use undefined registers on purpose and then warn of them (GCC bug 105593).
    set(avx512_options ${avx2_options} -Wno-uninitialized -Wno-maybe-uninitialized -mavx512f -mavx512dq -mavx512vl -mprefer-vector-width=512 -mtune=znver3)
    set(kernel_options -ffp-contract=off)
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
        # Under the address sanitizer: checks as calls; written out in unrolled loops they take minutes to compile.
        list(APPEND kernel_options --param=asan-instrumentation-with-call-threshold=0)
    endif()
    foreach(level avx2 avx512)
        set(files ${vector_sources})
        list(FILTER files INCLUDE REGEX "_${level}\\.cpp$")
        set_source_files_properties(${files} PROPERTIES COMPILE_OPTIONS "${${level}_options};${kernel_options}"
                                    SKIP_PRECOMPILE_HEADERS ON)
    endforeach()
    target_compile_definitions(ntk PRIVATE NTK_X86_KERNELS)
endif()
