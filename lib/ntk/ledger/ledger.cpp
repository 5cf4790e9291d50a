// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ledger/ledger.hpp"

namespace ntk::ledger {

int exit_code(const Ledger& ledger) {
    if (ledger.proofs) {
        for (const ProofRow& row : ledger.proofs->obligations) {
            if (!row.passed) return 1;
        }
    }
    Verdict overall = Verdict::not_applicable;
    for (const Check& check : ledger.checks) overall = worst(overall, check.verdict);
    if (overall == Verdict::violated) return 1;
    return overall == Verdict::inconclusive ? 3 : 0;
}

}  // namespace ntk::ledger
