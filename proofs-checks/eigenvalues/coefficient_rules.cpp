// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/obligations.hpp"
#include "proofs-checks/gegenbauer/formulas.hpp"

namespace ntk::proofs {

/// By parts with (v P_k')' = -n w P_k, n = k(k+d-2), w = (1-t^2)^{(d-3)/2}, v = (1-t^2) w = the weight of dimension
/// d+2; then P_k' = n/(d-1) P_{k-1,d+2}.
Obligation coefficient_by_derivative() {
    return {"coefficient-by-derivative",
            "A Funk-Hecke coefficient of f is one of f' in the next but one dimension.",
            "f_k^{(d)} = (1/d) (f')_{k-1}^{(d+2)}",
            "closed-forms.md, Three rules",
            {{"constant", Change::constant, "1/d replaced by 1/(d-1)"},
             {"weight", Change::exponent, "the weight (1-t²)^{(d-3)/2} replaced by (1-t²)^{(d-2)/2}"},
             {"dimension", Change::formula, "c_{d+2} replaced by c_{d+1}"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial k = proof.given("k", integer_at_least(1));
                const Polynomial d = proof.given("d", integer_at_least(2));
                const Polynomial t = proof.given("t", any_real());
                const LegendreSymbols at(proof, t, k, d);
                const RationalFunction w = proof.function("w", any_real(), {"t", "d"});
                const RationalFunction one = 1;
                const Polynomial n = laplace_eigenvalue(k, d);
                // w'/w = -(d-3) t/(1-t^2).
                const RationalFunction slope =
                    -RationalFunction(d - variant.pick("weight", 2L, 3L)) * t / (one - t * t);
                const RationalFunction v = (one - t * t) * w;
                // (v P_k')' = v' P_k' + v P_k'', v' = (1-t^2)' w + (1-t^2) w'.
                const RationalFunction v_slope = RationalFunction(-2) * t * w + (one - t * t) * slope * w;
                proof.identity("v P_k'' = -n w P_k - v' P_k'", v * at.by_t(at.dp),
                               -RationalFunction(n) * w * at.p - v_slope * at.dp);
                proof.positive("n > 0", n);
                const GammaTerm upper = sphere_constant(d + variant.pick("dimension", 1L, 2L));
                proof.gamma_identity("c_d/(d-1) = c_{d+2}/d", sphere_constant(d) / GammaTerm(RationalFunction(d - 1)),
                                     upper / GammaTerm(RationalFunction(d - variant.pick("constant", 1L, 0L))));
                proof.uses("gegenbauer-equation");
                proof.uses("gegenbauer-derivative");
                proof.uses("sphere-normalisation");
                proof.uses("fundamental-theorem-of-calculus");
            }};
}

/// Rule (2): (1-t^2) P_{k,d+2} from the derivative P_{k+1}' and the structure relation of degree k+1, with c_{d+2}/c_d
/// = d/(d-1). Rule (1): rule (4) with rule (2) in degree k-1. Q stands for P_k - P_{k+2}.
Obligation coefficient_neighbours() {
    return {"coefficient-neighbours",
            "Funk-Hecke coefficients in the next but one dimension, and those of f by those of f'.",
            "f_k^{(d+2)} = d/(2k+d) (f_k - f_{k+2}), (2k+d-2) f_k = f'_{k-1} - f'_{k+1}",
            "closed-forms.md, Three rules",
            {{"constant", Change::constant, "d/(2k+d) replaced by d/(2k+d-1)"},
             {"second", Change::constant, "2k+d-2 replaced by 2k+d"},
             {"sign", Change::sign, "f_k - f_{k+2} replaced by f_{k+2} - f_k"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction k = proof.given("k", integer_at_least(0));
                const RationalFunction d = proof.given("d", integer_at_least(2));
                const RationalFunction q = proof.function("P_k - P_{k+2}", any_real(), {"k", "d"});
                const RationalFunction one = 1;
                const RationalFunction two = 2;
                // n of degree k+1.
                const RationalFunction n = (k + one) * (k + d - one);
                const RationalFunction structure = n / (two * k + d) * q;
                const RationalFunction polynomial = structure * (d - one) / n;
                const GammaTerm ratio =
                    sphere_constant(Polynomial::symbol("d") + 2) / sphere_constant(Polynomial::symbol("d"));
                const RationalFunction factor = d / (two * k + d - RationalFunction(variant.pick("constant", 1L, 0L)));
                proof.identity("c_{d+2}/c_d (1-t²) P_{k,d+2}", quotient(ratio, 1L) * polynomial,
                               variant.pick("sign", Rational(-1), Rational(1)) * factor * q);
                proof.positive("2k+d > 0", two * k + d);
                // f'_{k-1} - f'_{k+1} = (2k+d-2)/d (f')_{k-1}^{(d+2)} = (2k+d-2) f_k, in the degree k+1.
                proof.identity("(2k+d) (1/d) times the factor, the second rule for k+1",
                               (two * k + d + RationalFunction(variant.pick("second", 2L, 0L))) * factor / d, 1);
                proof.uses("gegenbauer-derivative");
                proof.uses("gegenbauer-structure");
                proof.uses("coefficient-by-derivative");
                proof.uses("sphere-normalisation");
            }};
}

/// X = P_k + P_{k+1} vanishes at -1, so by parts the left side is -c_d int f ((1-t) X w)' dt, and (1+t)/w ((1-t) X w)'
/// = (1-t^2) X' - (1+t) X - (d-3) t X.
Obligation coefficient_sum_rule() {
    return {"coefficient-sum-rule",
            "The sum of two neighbouring coefficients of (1-t) f', by coefficients of f.",
            "((1-t)f')_k + ((1-t)f')_{k+1} = (k+d-1) f_{k+1} - k f_k",
            "closed-forms.md, Three rules",
            {{"constant", Change::constant, "k+d-1 replaced by k+d-2"},
             {"sign", Change::sign, "- k f_k replaced by + k f_k"},
             {"formula", Change::formula, "1-t replaced by 1+t in the last factor"}},
            [](Proof& proof, const Variant& variant) {
                const RationalFunction k = proof.given("k", integer_at_least(0));
                const RationalFunction d = proof.given("d", integer_at_least(2));
                const RationalFunction t = proof.given("t", any_real());
                const RationalFunction p = proof.function("P_k", any_real(), {"t"});
                const RationalFunction next = proof.function("P_{k+1}", any_real(), {"t"});
                const RationalFunction one = 1;
                const RationalFunction two = 2;
                const RationalFunction slopes = (k + d - two) * (t * p - next) + (k + one) * (p - t * next);
                const RationalFunction left =
                    slopes - (one + t) * (p + next) - (d - RationalFunction(3)) * t * (p + next);
                const RationalFunction weight = k + d - RationalFunction(variant.pick("constant", 2L, 1L));
                const RationalFunction kept = variant.pick("sign", -k, k) * p;
                proof.identity("-(1+t)/w ((1-t) X w)'", -left,
                               variant.pick("formula", one - t, one + t) * (weight * next - kept));
                proof.uses("gegenbauer-structure");
                proof.uses("gegenbauer-parity");
                proof.uses("gegenbauer-at-one");
                proof.uses("fundamental-theorem-of-calculus");
            }};
}

}  // namespace ntk::proofs
