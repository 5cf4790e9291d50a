// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/obligations.hpp"

namespace ntk::proofs {

/// The recurrence solved for t P_k, under the integral of funk-hecke. For k = 0 it is t P_0 = P_1.
Obligation t_multiplication() {
    return {"t-multiplication",
            "The eigenvalues of t times a kernel are a mean of the neighbouring eigenvalues of the kernel.",
            "kappa -> t kappa: nu_k -> ((k+d-2) nu_{k+1} + k nu_{k-1})/(2k+d-2)",
            "Funk–Hecke",
            {{"constant", Change::constant, "2k+d-2 replaced by 2k+d-1"},
             {"formula", Change::formula, "nu_{k+1} and nu_{k-1} exchanged"},
             {"sign", Change::sign, "+ k nu_{k-1} replaced by - k nu_{k-1}"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction k = proof.given("k", integer_at_least(1));
                const RationalFunction d = proof.given("d", integer_at_least(2));
                const RationalFunction t = proof.given("t", any_real());
                const RationalFunction p = proof.function("P_k", any_real(), {"t"});
                const RationalFunction before = proof.function("P_{k-1}", any_real(), {"t"});
                const RationalFunction two = 2;
                const RationalFunction next = ((two * k + d - two) * t * p - k * before) / (k + d - two);
                const bool exchanged = variant.is("formula");
                const RationalFunction upper = exchanged ? before : next;
                const RationalFunction lower = exchanged ? next : before;
                const RationalFunction weight = variant.pick("sign", -k, k);
                const RationalFunction sum = two * k + d - RationalFunction(variant.pick("constant", 1L, 2L));
                proof.identity("(2k+d-2) t P_k without its part in P_{k-1}", sum * t * p - weight * lower,
                               (k + d - two) * upper);
                proof.identity("the weights of the mean add up to 1", (k + d - two + weight) / sum, 1);
                proof.positive("2k+d-2 > 0", sum);
                proof.positive("k+d-2 > 0", k + d - two);
                proof.uses("gegenbauer-recurrence");
                proof.uses("funk-hecke");
            }};
}

}  // namespace ntk::proofs
