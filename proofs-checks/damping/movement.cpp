// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/damping/obligations.hpp"

namespace ntk::proofs {
namespace {

/// C = cosh(gamma), S = sinh(gamma) with C' = S, S' = C; a = |a_0|, nu = ||v_0|| + c_0/(L_1 R).
struct Movement {
    explicit Movement(Proof& proof)
        : a(proof.given("a", real_at_least(0))),
          nu(proof.given("nu", real_at_least(0))),
          gamma(proof.given("gamma", real_at_least(0))),
          c(proof.function("cosh", real_at_least(1), {"gamma"})),
          s(proof.function("sinh", real_at_least(0), {"gamma"})) {}

    Polynomial a;
    Polynomial nu;
    Polynomial gamma;
    Polynomial c;
    Polynomial s;
    Derivation derivative{{{"gamma", 1}, {"cosh", s}, {"sinh", c}}};
    RationalFunction outer = a * (c - Polynomial(1)) + nu * s;   ///< Delta alpha
    RationalFunction hidden = nu * (c - Polynomial(1)) + a * s;  ///< Delta nu

    static RationalFunction at_start(const RationalFunction& f) {
        return f.substitute({{"gamma", 0}, {"cosh", 1}, {"sinh", 0}});
    }
};

}  // namespace

/// With gamma' = L_1 R ||r||_n/sqrt(m) the gradient flow gives |a|' <= gamma' nu and nu' <= gamma' |a|, in the variable
/// gamma a linear system with solution a + Delta alpha, nu + Delta nu.
Obligation movement_comparison() {
    return {"movement-comparison",
            "The bounds of the movement of a neuron, |a_0|(cosh gamma - 1) + nu sinh gamma and nu (cosh gamma - 1) + "
            "|a_0| sinh gamma, "
            "solve the comparison system of the movement inequalities with the same start.",
            "u' = v, v' = u, u(0) = |a_0|, v(0) = nu: u = |a_0| cosh gamma + nu sinh gamma, v = nu cosh gamma + |a_0| "
            "sinh gamma",
            "Chain of bounds",
            {{"sign", Change::sign, "+ nu sinh gamma replaced by - nu sinh gamma"},
             {"start", Change::constant, "cosh gamma - 1 replaced by cosh gamma in the movement of v"},
             {"formula", Change::formula, "the movement of v without the term |a_0| sinh gamma"}},
            [](Proof& proof, const Variant& variant) {
                Movement x(proof);
                if (variant.is("sign")) x.outer -= Polynomial(2) * x.nu * x.s;
                if (variant.is("start")) x.hidden += x.nu;
                if (variant.is("formula")) x.hidden -= x.a * x.s;
                proof.identity("(|a_0| + Delta alpha)' = nu + Delta nu", x.derivative(x.a + x.outer), x.nu + x.hidden);
                proof.identity("(nu + Delta nu)' = |a_0| + Delta alpha", x.derivative(x.nu + x.hidden), x.a + x.outer);
                proof.identity("Delta alpha(0) = 0", Movement::at_start(x.outer), 0);
                proof.identity("Delta nu(0) = 0", Movement::at_start(x.hidden), 0);
                proof.uses("comparison-principle");
                proof.uses("movement-inequalities");
            }};
}

/// The derivatives of I_nu and I_alpha are Delta nu and Delta alpha, and both vanish at 0.
Obligation movement_integrals() {
    return {"movement-integrals",
            "I_nu and I_alpha are the integrals of Delta nu and Delta alpha over gamma.",
            "I_nu = nu (sinh gamma - gamma) + |a_0| (cosh gamma - 1), I_alpha = |a_0| (sinh gamma - gamma) + nu (cosh "
            "gamma - 1)",
            "Chain of bounds",
            {{"constant", Change::constant, "cosh gamma - 1 replaced by cosh gamma in I_nu"},
             {"formula", Change::formula, "sinh gamma - gamma replaced by sinh gamma in I_alpha"},
             {"sign", Change::sign, "sinh gamma - gamma replaced by sinh gamma + gamma in I_nu"}},
            [](Proof& proof, const Variant& variant) {
                const Movement x(proof);
                const Polynomial shift = variant.pick("sign", -x.gamma, x.gamma);
                const RationalFunction i_nu =
                    x.nu * (x.s - shift) + x.a * (x.c - Polynomial(variant.pick("constant", 0L, 1L)));
                const RationalFunction i_alpha =
                    x.a * (x.s - variant.pick("formula", Polynomial(), x.gamma)) + x.nu * (x.c - Polynomial(1));
                proof.identity("I_nu' = Delta nu", x.derivative(i_nu), x.hidden);
                proof.identity("I_alpha' = Delta alpha", x.derivative(i_alpha), x.outer);
                proof.identity("I_nu(0) = 0", Movement::at_start(i_nu), 0);
                proof.identity("I_alpha(0) = 0", Movement::at_start(i_alpha), 0);
                proof.uses("movement-comparison");
                proof.uses("fundamental-theorem-of-calculus");
            }};
}

}  // namespace ntk::proofs
