// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>

int main(int argc, char** argv) {
    // Line by line also into a pipe, so that a process that is killed has said how far it came.
    std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
    return doctest::Context(argc, argv).run();
}
