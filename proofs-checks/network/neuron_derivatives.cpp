// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/network/obligations.hpp"

namespace ntk::proofs {

/// Along a line (a + p h, v + u h): a' = p, z' = w with w = <u, x>, sigma' = D w, D' = S w. The gradient is then
/// (sigma, a D x), and its products give the kernel.
Obligation neuron_derivatives() {
    return {"neuron-derivatives",
            "First and second derivative of a neuron a sigma(<v,x>) in the direction (p, u), and its part of the "
            "tangent kernel.",
            "p sigma + a sigma' <u,x>; 2 p sigma' <u,x> + a sigma'' <u,x>^2; sigma sigma' + a^2 sigma' sigma' <x,x'>",
            "Drift",
            {{"constant", Change::constant, "2 p sigma' <u,x> replaced by p sigma' <u,x>"},
             {"exponent", Change::exponent, "a² replaced by a in the kernel"},
             {"formula", Change::formula, "the second derivative without a sigma'' <u,x>²"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial a = proof.given("a", any_real());
                const Polynomial p = proof.given("p", any_real());
                const Polynomial w = proof.given("<u,x>", any_real());
                const Polynomial s = proof.given("sigma(z)", any_real());
                const Polynomial d = proof.given("sigma'(z)", any_real());
                const Polynomial e = proof.given("sigma''(z)", any_real());
                const Derivation along({{"a", p}, {"sigma(z)", d * w}, {"sigma'(z)", e * w}});
                const RationalFunction first = along(a * s);
                proof.identity("first derivative", first, p * s + a * d * w);
                proof.identity("second derivative", along(first),
                               Polynomial(variant.pick("constant", 1L, 2L)) * p * d * w +
                                   variant.pick("formula", Polynomial(), a * e * w * w));
                // The derivative of the neuron at x in the direction of its gradient (sigma(z'), a sigma'(z') x') at
                // x'.
                const Polynomial s2 = proof.given("sigma(z')", any_real());
                const Polynomial d2 = proof.given("sigma'(z')", any_real());
                const Polynomial x = proof.given("<x,x'>", any_real());
                proof.identity("kernel", first.substitute({{"p", s2}, {"<u,x>", a * d2 * x}}),
                               s * s2 + pow(a, variant.pick("exponent", 1, 2)) * d * d2 * x);
            }};
}

}  // namespace ntk::proofs
