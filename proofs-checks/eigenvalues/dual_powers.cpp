// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/obligations.hpp"

namespace ntk::proofs {

/// R = (q^2-c^2) psi_p'' + (2p-1) c psi_p' - p^2 psi_p with psi_p' = p^2 psi_{p-1}: R' is p^2 times the same expression
/// for p-1, which vanishes, and R(-q) = -p^2 ((2p-1) q psi_{p-1}(-q) + psi_p(-q)) = 0, as psi_p(-q) = (-1)^p alpha
/// m_p, m_p = E z^{2p} = (2p-1) q m_{p-1}. A stands for psi_{p-1}, p >= 2.
Obligation dual_powers() {
    return {"dual-powers",
            "The dual activations of neighbouring powers of leaky ReLU satisfy a three-term recurrence.",
            "psi_p = (p-1)^2 (q^2-c^2) psi_{p-2} + (2p-1) c psi_{p-1}",
            "closed-forms.md, The climb and its start",
            {{"constant", Change::constant, "2p-1 replaced by 2p"},
             {"exponent", Change::exponent, "(p-1)^2 replaced by p-1"},
             {"sign", Change::sign, "(-1)^p replaced by 1 in psi_p(-q)"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction p = proof.given("p", integer_at_least(2));
                const RationalFunction q = proof.given("q", positive());
                const RationalFunction c = proof.given("c", any_real());
                const RationalFunction alpha = proof.given("alpha", any_real());
                const RationalFunction a = proof.function("A", any_real(), {"p", "q", "c", "alpha"});
                const RationalFunction da = proof.function("A'", any_real(), {"p", "q", "c", "alpha"});
                const RationalFunction dda = proof.function("A''", any_real(), {"p", "q", "c", "alpha"});
                const RationalFunction psi = proof.function("psi", any_real(), {"p", "q", "c", "alpha"});
                const RationalFunction m = proof.function("m", real_at_least(0), {"p", "q"});
                const RationalFunction sign = proof.function("(-1)^p", any_real(), {"p"});
                const RationalFunction one = 1;
                const RationalFunction two = 2;
                const RationalFunction odd = two * p - RationalFunction(variant.pick("constant", 0L, 1L));
                const Derivation by_c({{"c", 1}, {"psi", p * p * a}, {"A", da}, {"A'", dda}});
                const RationalFunction equation = (q * q - c * c) * by_c(by_c(psi)) + odd * c * by_c(psi) - p * p * psi;
                const RationalFunction lower = (q * q - c * c) * dda + (odd - two) * c * da - pow(p - one, 2) * a;
                proof.identity("R' = p² times the equation for p-1", by_c(equation), p * p * lower);
                proof.identity("R(-q)", equation.substitute({{"c", -q}}), -p * p * (odd * q * a + psi));
                // m stands for m_{p-1}.
                const RationalFunction flip = variant.pick("sign", one, sign);
                proof.identity("(2p-1) q psi_{p-1} = -psi_p at -q", odd * q * (-sign * alpha * m),
                               -flip * alpha * ((two * p - one) * q * m));
                // A' = (p-1)^2 psi_{p-2}.
                const RationalFunction last = proof.function("psi_{p-2}", any_real(), {"p", "q", "c", "alpha"});
                const RationalFunction claim =
                    pow(p - one, variant.pick("exponent", 1, 2)) * (q * q - c * c) * last + odd * c * a;
                proof.identity("R = 0 solved for psi_p", equation.substitute({{"A'", pow(p - one, 2) * last}}),
                               p * p * (claim - psi));
                proof.positive("2p-1 > 0", odd);
                proof.uses("linear-ode-uniqueness");
            }};
}

}  // namespace ntk::proofs
