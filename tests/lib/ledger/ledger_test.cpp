// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ledger/ledger.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace ntk::ledger;

namespace {

int exit_code_of(const std::vector<Verdict>& verdicts) {
    Ledger ledger;
    for (const Verdict verdict : verdicts) {
        Check check;
        check.verdict = verdict;
        ledger.checks.push_back(check);
    }
    return exit_code(ledger);
}

}  // namespace

TEST_CASE("exit code 1 if anything is violated, else 3 if anything is inconclusive, else 0") {
    const std::vector<Verdict> all = {Verdict::not_applicable, Verdict::holds, Verdict::vacuous, Verdict::inconclusive,
                                      Verdict::violated};
    CHECK(exit_code_of({}) == 0);
    for (const Verdict x : all) {
        for (const Verdict y : all) {
            for (const Verdict z : all) {
                const auto among = [&](Verdict verdict) { return x == verdict || y == verdict || z == verdict; };
                const int expected = among(Verdict::violated) ? 1 : among(Verdict::inconclusive) ? 3 : 0;
                CHECK(exit_code_of({x, y, z}) == expected);
            }
        }
    }
}
