// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/obligations.hpp"

namespace ntk::proofs {

/// d/dr [r^{2p+d} e^{-r^2/2}] = (2p+d - r^2) r^{2p+d-1} e^{-r^2/2}.
Obligation radial_moments() {
    return {"radial-moments",
            "The moments of the length of a Gaussian vector.",
            "E r^{2p} = 2^p Gamma(d/2+p)/Gamma(d/2)",
            "Closed forms",
            {{"constant", Change::constant, "2^p replaced by 4^p"},
             {"exponent", Change::exponent, "the density r^{d-1} e^{-r²/2} replaced by r^d e^{-r²/2}"},
             {"sign", Change::sign, "d/2+p replaced by d/2+p+1"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial p = proof.given("p", integer_at_least(0));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const RationalFunction r = proof.given("r", positive());
                const RationalFunction g = proof.function("r^{2p+d-1} e^{-r²/2}", any_real(), {"r", "p", "d"});
                const RationalFunction exponent = 2 * p + d - variant.pick("exponent", 0L, 1L);
                const Derivation by_r({{"r", 1}, {"r^{2p+d-1} e^{-r²/2}", (exponent / r - r) * g}});
                proof.identity("d/dr [r^{2p+d} e^{-r²/2}]", by_r(r * g), (RationalFunction(2 * p + d) - r * r) * g);
                const auto claim = [&](const Polynomial& power) {
                    GammaTerm term = GammaTerm::power(2, power) * GammaTerm::gamma(d * Rational(1, 2) + power) *
                                     GammaTerm::gamma(d * Rational(1, 2), -1);
                    if (variant.is("constant")) term *= GammaTerm::power(2, power);
                    if (variant.is("sign")) term *= RationalFunction(d * Rational(1, 2) + power);
                    return term;
                };
                proof.same_recurrence("all p", claim(p).ratio("p", 1), 2 * p + d, {claim(0)}, {1L});
                proof.uses("fundamental-theorem-of-calculus");
            }};
}

}  // namespace ntk::proofs
