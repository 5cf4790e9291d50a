// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/rewriting.hpp"
#include "proofs-checks/sampling/obligations.hpp"

namespace ntk::proofs {
namespace {

using Symbol = RationalFunction;

/// The mean of a polynomial of degree two in the values of two functions, from the means of their products.
Symbol mean_of(const Polynomial& p, const std::string& first, const std::string& second, const Symbol& first_square,
               const Symbol& product, const Symbol& second_square) {
    Symbol sum;
    for (const Polynomial::Term& term : p.terms()) {
        const auto power = [&](const std::string& name) {
            const auto place = term.exponents.find(name);
            return place == term.exponents.end() ? 0U : place->second;
        };
        Polynomial rest = term.coefficient;
        for (const auto& [name, exponent] : term.exponents) {
            if (name != first && name != second) rest *= pow(Polynomial::symbol(name), static_cast<int>(exponent));
        }
        if (power(first) + power(second) != 2) throw std::logic_error("mean_of: expected degree two");
        sum += Symbol(rest) * (power(first) == 2 ? first_square : power(second) == 2 ? second_square : product);
    }
    return sum;
}

}  // namespace

/// A = k_x (x) k_x and T = E_y[k_y (x) k_y] have the inner products <A,A> = K(x,x)^2 = kappa(1)^2, <A,T> = E_y K(x,y)^2
/// and <T,T> = E_z E_y K(z,y)^2 in the Hilbert-Schmidt norm, as <k_x (x) k_x, k_y (x) k_y> = K(x,y)^2. The mean square
/// S of the kernel does not depend on x: the degree k, with N mu_k P_k in the kernel, adds N^2 mu_k^2 E[P_k^2] = N
/// mu_k^2 to it, and nothing mixed, as P_k is orthogonal to lower degrees.
Obligation centred_feature_norm() {
    return {"centred-feature-norm",
            "Every centred feature k_x (x) k_x - T has the same Hilbert-Schmidt norm, kappa_c.",
            "||k_x (x) k_x - T||^2 = kappa(1)^2 - sum_k N mu_k^2 = kappa_c^2",
            "Overparameterised regime",
            {{"sign", Change::sign, "kappa(1)² + the sum"},
             {"exponent", Change::exponent, "N mu² replaced by N² mu²"},
             {"orthogonal", Change::hypothesis, "P_k is orthogonal to lower degrees dropped"}},
            [](Proof& proof, const Variant& variant) {
                const Polynomial multiplicity = proof.given("N(d,k)", integer_at_least(1));
                const Polynomial mu = proof.given("mu_k", real_at_least(0));
                const Symbol partial = proof.given("S up to k-1", real_at_least(0));
                const Polynomial lower = Polynomial::symbol("kappa up to k-1"), p = Polynomial::symbol("P_k");
                const Polynomial next = lower + multiplicity * mu * p;
                const Symbol norm = Symbol(1) / Symbol(multiplicity);  // of P_k^2
                const Symbol mixed = variant.pick("orthogonal", norm, Symbol(0));
                proof.identity("the mean square grows by N mu_k²",
                               mean_of(next * next, "kappa up to k-1", "P_k", partial, mixed, norm),
                               partial + Symbol(pow(multiplicity, variant.pick("exponent", 2, 1)) * mu * mu));
                const Symbol top = proof.given("kappa(1)", positive());
                const Symbol sum = proof.given("S", real_at_least(0));
                const FreeElement a = FreeElement::letter("A"), t = FreeElement::letter("T");
                const FreeElement square = rewrite((a - t) * (a - t), {{{"A", "A"}, FreeElement(top * top)},
                                                                       {{"A", "T"}, FreeElement(sum)},
                                                                       {{"T", "A"}, FreeElement(sum)},
                                                                       {{"T", "T"}, FreeElement(sum)}});
                proof.algebra("the square of the norm", square,
                              FreeElement(top * top - Symbol(variant.pick("sign", -1L, 1L)) * sum));
                proof.uses("mercer");
                proof.uses("addition-theorem");
            }};
}

/// Eigenvalues of self-adjoint operators, in order, differ by at most the operator norm of the difference, which is at
/// most its Hilbert-Schmidt norm: for eigenvalues e_i of the difference, max e_i^2 <= sum e_i^2. The mean of the
/// centred features is T_n - T. kappa_c <= kappa(1) compares with the constant 2 sqrt 2 kappa(1) of Rosasco, Belkin and
/// De Vito.
Obligation empirical_spectrum_bound() {
    return {
        "empirical-spectrum-bound",
        "The empirical eigenvalues differ from the true ones by at most kappa_c sqrt(2 log(2/delta)/n) (O5), which is "
        "at most half of the older bound.",
        "sup_i |lambda_i - sigma_i| <= kappa_c sqrt(2 log(2/delta)/n) <= (1/2) 2 sqrt 2 kappa(1) sqrt(log(2/delta)/n)",
        "Overparameterised regime",
        {{"constant", Change::constant, "half of the older bound replaced by a third"},
         {"sign", Change::sign, "kappa_c² = kappa(1)² + S"},
         {"norm", Change::formula, "the Hilbert-Schmidt norm replaced by half of it"}},
        [](Proof& proof, const Variant& variant) {
            const Symbol all = proof.given("sum of all e_i²", real_at_least(0));
            const Symbol largest = proof.given("largest e_i²/their sum", between(0, 1)) * all;
            const Symbol norm_square = all * Symbol(variant.pick("norm", Rational(1, 4), Rational(1)));
            proof.nonnegative("the operator norm is at most the Hilbert-Schmidt norm", norm_square - largest);
            const Symbol n = proof.given("n", integer_at_least(1));
            const Symbol l = proof.given("log(2/delta)", positive());
            const Symbol sum = proof.given("S", real_at_least(0));
            const Symbol centred = proof.given("kappa_c²", real_at_least(0));
            const Symbol top_square = centred + Symbol(variant.pick("sign", -1L, 1L)) * sum;  // kappa(1)^2
            const Symbol ours = centred * Symbol(2) * l / n;
            const Symbol older = Symbol(8) * top_square * l / n;
            const Symbol share = variant.pick("constant", Rational(1, 9), Rational(1, 4));
            const Symbol gap = Symbol(2) * sum * l / n;
            proof.identity("the square of half the older bound", share * older, ours + gap);
            proof.nonnegative("the gap", gap);
            proof.uses("weyl");
            proof.uses("pinelis-solved");
            proof.uses("centred-feature-norm");
        }};
}

}  // namespace ntk::proofs
