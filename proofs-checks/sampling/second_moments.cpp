// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/rewriting.hpp"
#include "proofs-checks/sampling/obligations.hpp"

namespace ntk::proofs {
namespace {

using Symbol = RationalFunction;

}  // namespace

/// A = E|X|^2, M = |E X|^2, and Q_m = E|X_1 + ... + X_m|^2. Adding X_{m+1}: Q_{m+1} = Q_m + 2 <E S_m, E X> + A, and by
/// independence <E S_m, E X> = m M. So Q_m = m A + m(m-1) M.
Obligation mean_of_independent_vectors() {
    return {
        "mean-of-independent-vectors",
        "The mean square distance of the mean of m independent, equally distributed vectors from its expectation is "
        "the variance over m.",
        "E|(X_1+...+X_m)/m - E X|^2 = (E|X|^2 - |E X|^2)/m",
        "Chain of bounds",
        {{"exponent", Change::exponent, "1/m replaced by 1/m²"},
         {"sign", Change::sign, "E|X|² + |E X|²"},
         {"independent", Change::hypothesis, "independence dropped: all X_i are one vector, <X_i, X_j> = |X|²"}},
        [](Proof& proof, const Variant& variant) {
            const Symbol m = proof.given("m", integer_at_least(1));
            const Symbol a = proof.given("E|X|²", real_at_least(0));
            const Symbol mean = proof.given("|E X|²", real_at_least(0));
            const Symbol cross = variant.pick("independent", a, mean);
            const auto sum_square = [&](const Symbol& count) { return count * a + count * (count - Symbol(1)) * mean; };
            // |S + X|^2 = |S|^2 + <S,X> + <X,S> + |X|^2, with E<S,X> = m cross.
            const FreeElement s = FreeElement::letter("S"), x = FreeElement::letter("X");
            const FreeElement expected = rewrite((s + x) * (s + x), {{{"S", "S"}, FreeElement(sum_square(m))},
                                                                     {{"S", "X"}, FreeElement(m * cross)},
                                                                     {{"X", "S"}, FreeElement(m * cross)},
                                                                     {{"X", "X"}, FreeElement(a)}});
            proof.algebra("induction step", expected, FreeElement(sum_square(m + Symbol(1))));
            proof.identity("one vector", sum_square(1), a);
            const Symbol sign = variant.pick("sign", -1L, 1L);
            proof.identity("variance of the mean", sum_square(m) / (m * m) - mean,
                           (a - sign * mean) / pow(m, variant.pick("exponent", 2, 1)));
        }};
}

/// h_0(x_j) is minus the mean over the neurons of X - E X, X_l(x_j) = E_x[(sigma sigma' + a^2 s s' <x~,x~'>) phi], as
/// E K_0 = K^infinity neuron by neuron. In a pair (a,v), (-a,v) both have the same X: m/2 independent ones. With B =
/// c_infinity^2 + L_1^2 R^2, |X| <= B E|phi| <= B: values of sigma are c_infinity times a number in [-1,1], those of
/// its derivative L_1 times one, <x~,x~'> is R^2 times one.
Obligation kernel_error_at_start() {
    return {"kernel-error-at-start",
            "The mean square of h_0 is the variance V of one neuron's part over the number of independent neurons, and "
            "V is at most B^2.",
            "E||h_0||_n^2 = V/m', m' = m or m/2 (antisymmetric), V <= B^2, B = c_infinity^2 + L_1^2 R^2",
            "Chain of bounds",
            {{"pairs", Change::constant, "m' = m for the antisymmetric start"},
             {"exponent", Change::exponent, "R² replaced by R in B"},
             {"bounded", Change::hypothesis, "|sigma| <= c_infinity dropped: values up to twice that"}},
            [](Proof& proof, const Variant& variant) {
                const Symbol m = proof.given("m", integer_at_least(1));
                const Symbol v = proof.given("V", real_at_least(0));
                // A sum over both neurons of m/2 pairs, over m: twice the sum over pairs.
                const Symbol pairs = m / Symbol(2);
                const Symbol sum_over_pairs = pairs * v;  // variance of the sum of m/2 independent vectors
                proof.identity("antisymmetric start", Symbol(4) * sum_over_pairs / (m * m),
                               v / variant.pick("pairs", m, m / Symbol(2)));
                proof.uses("mean-of-independent-vectors");

                const Polynomial c = proof.given("c_infinity", real_at_least(0));
                const Polynomial slope = proof.given("L_1", real_at_least(0));
                const Polynomial radius = proof.given("R", real_at_least(1));
                const Range unit = between(-1, 1);
                const Polynomial largest = variant.pick("bounded", Polynomial(2), Polynomial(1));
                const Polynomial p = largest * proof.given("sigma/c_infinity", unit);
                const Polynomial q = proof.given("sigma(z')/c_infinity", unit);
                const Polynomial s = proof.given("sigma'/L_1", unit), w = proof.given("sigma'(z')/L_1", unit);
                const Polynomial cosine = proof.given("<x~,x~'>/R²", unit);
                const Polynomial value = c * c * p * q + slope * slope * s * w * radius * radius * cosine;
                const Polynomial bound = c * c + slope * slope * pow(radius, variant.pick("exponent", 1, 2));
                proof.nonnegative("the part of one neuron is at most B", bound - value);
                proof.nonnegative("and at least -B", bound + value);
                // E[phi^2] = 1 is E|phi|^2 plus a variance, |X| <= B E|phi|, V <= E|X|^2.
                const Polynomial first = proof.given("E|phi|", real_at_least(0));
                const Polynomial variance = proof.given("Var |phi|", real_at_least(0));
                const Polynomial size = proof.given("B", real_at_least(0));
                const Polynomial missing = proof.given("(B E|phi|)² - E|X|²", real_at_least(0));
                const Polynomial lost = proof.given("|E X|²", real_at_least(0));
                const Polynomial unit_norm = first * first + variance;                 // 1
                const Polynomial mean_square = size * size * first * first - missing;  // E|X|^2
                const Polynomial gap = size * size * variance + missing + lost;
                proof.identity("B² exceeds V by the gap", size * size * unit_norm, mean_square - lost + gap);
                proof.nonnegative("the gap", gap);
            }};
}

/// dC - E_n[phi grad f] is minus the deviation of a mean of n independent vectors phi(x_j) grad f(x_j) from dC, their
/// expectation; the square of one is phi^2 K(x,x).
Obligation gradient_error_at_start() {
    return {"gradient-error-at-start",
            "The mean square of Z is the variance of phi grad f over n, and E Z is at most sqrt(K_max/n).",
            "E Z^2 = (E[phi^2 K(x,x)] - |dC|^2)/n <= K_max/n, (E Z)^2 <= E Z^2",
            "Chain of bounds",
            {{"constant", Change::constant, "K_max/n replaced by K_max/(2n)"},
             {"sign", Change::sign, "+ |dC|²"},
             {"norm", Change::hypothesis, "the norm of phi is 1 dropped: E[phi²] = 2"}},
            [](Proof& proof, const Variant& variant) {
                const Symbol n = proof.given("n", integer_at_least(1));
                const Symbol largest = proof.given("K_max", real_at_least(0));
                const Symbol gap = proof.given("E[phi² (K_max - K)]", real_at_least(0));
                const Symbol square = proof.given("|dC|²", real_at_least(0));
                const Symbol variance = proof.given("Var Z", real_at_least(0));
                const Symbol norm = variant.pick("norm", 2L, 1L);
                const Symbol mean_square = norm * largest - gap;  // E[phi^2 K]
                const Symbol sign = variant.pick("sign", -1L, 1L);
                const Symbol second_moment = (mean_square - sign * square) / n;
                // n^2 times the variance of the mean, by the count of pairs: n A + n(n-1) M - n^2 M.
                proof.identity("E Z²", n * n * second_moment,
                               n * mean_square + n * (n - Symbol(1)) * square - n * n * square);
                const Symbol bound = largest / n * Symbol(variant.pick("constant", Rational(1, 2), Rational(1)));
                proof.nonnegative("E Z² <= K_max/n", bound - second_moment);
                proof.nonnegative("(E Z)² = E Z² - Var Z <= K_max/n", bound - (second_moment - variance));
                proof.uses("mean-of-independent-vectors");
            }};
}

/// |sigma(z)| <= |sigma(0)| + L_1 |z|, |z| <= R ||v||.
Obligation largest_kernel_value() {
    return {"largest-kernel-value",
            "K_max bounds the kernel on the diagonal: for one neuron sigma^2 is at most (L_1 R nu)^2 with nu = ||v|| + "
            "c_0/(L_1 R).",
            "sigma(z)^2 + a^2 sigma'(z)^2 ||x~||^2 <= (L_1 R nu)^2 + a^2 L_1^2 R^2",
            "Chain of bounds",
            {{"constant", Change::constant, "c_0/(L_1 R) replaced by c_0/(2 L_1 R)"},
             {"exponent", Change::exponent, "R² replaced by R in the second summand"},
             {"start", Change::hypothesis, "|sigma(0)| <= c_0 dropped: twice that"}},
            [](Proof& proof, const Variant& variant) {
                const Symbol slope = proof.given("L_1", positive());
                const Symbol radius = proof.given("R", real_at_least(1));
                const Symbol start = proof.given("c_0", real_at_least(0));
                const Symbol weight = proof.given("||v||", real_at_least(0));
                const Symbol a = proof.given("|a|", real_at_least(0));
                const Symbol part = proof.given("|z|/(R||v||)", between(0, 1));
                const Symbol fill = proof.given("|sigma|/its bound", between(0, 1));
                const Symbol rate = proof.given("|sigma'|/L_1", between(0, 1));
                const Symbol sigma_0 = Symbol(variant.pick("start", 2L, 1L)) * start;
                const Symbol sigma = fill * (sigma_0 + slope * part * radius * weight);
                const Symbol nu = weight + start / (Symbol(variant.pick("constant", 2L, 1L)) * slope * radius);
                proof.nonnegative("|sigma(z)| <= L_1 R nu", slope * radius * nu - sigma);
                const Symbol bound = slope * slope * radius * radius * nu * nu +
                                     a * a * slope * slope * pow(radius, variant.pick("exponent", 1, 2));
                proof.nonnegative("one neuron's part of K(x,x)",
                                  bound - sigma * sigma - a * a * slope * slope * rate * rate * radius * radius);
            }};
}

}  // namespace ntk::proofs
