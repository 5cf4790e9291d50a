# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0

# ntk_embed(NAME FILE...), files relative to the calling folder, generates NAME.cpp in the build tree, which defines ntk::verify::NAME() as declared in
# verify/embedded.hpp. The generator is a script of its own so that a changed file is embedded again without a reconfiguration.
function(ntk_embed name)
    set(output "${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp")
    set(script "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/generate_embedded.cmake")
    set(files ${ARGN})
    list(TRANSFORM files PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
    list(JOIN files "|" joined)
    add_custom_command(OUTPUT "${output}"
        COMMAND "${CMAKE_COMMAND}" "-DNAME=${name}" "-DFILES=${joined}" "-DOUTPUT=${output}" -P "${script}"
        DEPENDS ${files} "${script}" VERBATIM)
endfunction()
