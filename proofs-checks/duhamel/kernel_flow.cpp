// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/duhamel/obligations.hpp"

namespace ntk::proofs {

/// With the Jacobian J of the outputs on the sample and theta' = -grad Phi = -(1/n) J* r: r' = J theta'. The rate of
/// the loss (1/2n) r* r is (1/n) r* r', as r'* r = r* r'.
Obligation kernel_flow() {
    return {"kernel-flow",
            "Along gradient flow the residual on the sample follows r' = -G_t r with the Gram matrix of the tangent "
            "kernel, the residual anywhere r'(x) = -(T_n r)(x), and the loss falls at the rate ||theta'||².",
            "r' = J theta' = -(1/n) J J* r = -G r, f' = g(x) theta' = -(1/n) g(x) J* r, Phi' = -theta'* theta'",
            "Conventions",
            {{"sign", Change::sign, "gradient ascent: theta' = + grad Phi"},
             {"constant", Change::constant, "G = (1/n) J J* replaced by (2/n) J J*"},
             {"order", Change::formula, "J J* replaced by J* J"},
             {"exponent", Change::exponent, "loss (1/2n) r* r with n replaced by n²"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction n = proof.given("n", positive());
                proof.given("J, J*, g, r", "Jacobians of any size, their transposes, gradients and vectors");
                const FreeElement j = FreeElement::letter("J");
                const FreeElement transposed = FreeElement::letter("J*");
                const FreeElement g = FreeElement::letter("g(x)");
                const FreeElement r = FreeElement::letter("r");
                const FreeElement row = FreeElement::letter("r*");
                const FreeElement inverse = RationalFunction(1) / n;
                const FreeElement direction = FreeElement(variant.pick("sign", 1L, -1L));
                const FreeElement velocity = direction * inverse * transposed * r;
                const FreeElement velocity_row = direction * inverse * row * j;
                const FreeElement gram = FreeElement(variant.pick("constant", 2L, 1L)) * inverse *
                                         variant.pick("order", transposed * j, j * transposed);
                proof.algebra("r' = -G r", j * velocity, -gram * r);
                proof.algebra("f'(x) = -(T_n r)(x)", g * velocity, -inverse * (g * transposed) * r);
                const FreeElement weight = RationalFunction(1) / pow(n, variant.pick("exponent", 2, 1));
                proof.algebra("Phi' = -theta'* theta'", weight * row * (j * velocity), -velocity_row * velocity);
                proof.observed_by("energy");
                proof.observed_by("monotone");
            }};
}

}  // namespace ntk::proofs
