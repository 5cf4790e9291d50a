// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/relu.hpp"
#include "ntk/spectrum/eigenvalues.hpp"
#include "proofs-checks/eigenvalues/obligations.hpp"

namespace ntk::proofs {
namespace {

/// A rational combination of two constants: 1/pi and 1 for odd d, sqrt(2)/pi^2 and log(1+sqrt(2))/pi^2 for even d. The
/// coefficients h are in the same form times pi.
struct Pair {
    Rational first;
    Rational second;
};

Pair operator+(const Pair& x, const Pair& y) { return {Rational(x.first + y.first), Rational(x.second + y.second)}; }
Pair operator*(const Rational& factor, const Pair& x) {
    return {Rational(factor * x.first), Rational(factor * x.second)};
}

/// h_2, h_3, ... up to `last` by closed-forms.md (5) at V = 1.
void extend(std::vector<Pair>& h, long d, std::size_t last, const Rational& sign) {
    h.resize(2);
    while (h.size() <= last) {
        const long j = static_cast<long>(h.size()) - 2;
        const long n = 2 * j + d;
        const long s = 3 * n * (n + 2) + d;
        const long b = s * (j + d + 1) - n * (j + 1) * (j + d + 1) - (n + 2) * (j + d) - n * (n + 2);
        const long c = -s * j + (n + 2) * j * (j + d) - n * (j + 1) - n * (n + 2);
        Pair sum = Rational(-b) * h[h.size() - 1] + Rational(-c) * h[h.size() - 2];
        if (j > 0) sum = sum + Rational(sign * (n + 2) * j * j) * h[h.size() - 3];
        h.push_back(Rational(1, Integer(n) * (j + d + 1) * (j + d + 1)) * sum);
    }
}

/// mu_0, ..., mu_K (even dimension: from degree 2 on, 0 before) of ReLU with trained hidden biases of variance 1.
std::vector<Pair> eigenvalues(long dim, std::size_t last, const Rational& sign) {
    const bool odd = dim % 2 == 1;
    const Pair half = {Rational(0), Rational(1, 2)};
    std::vector<Pair> h(2);
    Pair y_0;
    Pair phi_0;
    if (odd) {
        h[0] = {Rational(3), Rational(-3, 4)};
        h[1] = {Rational(-7), Rational(9, 4)};
        y_0.first = 1;
        phi_0.second = Rational(1, 4);
    } else {
        h[0] = {Rational(4), Rational(-4)};
        h[1] = {Rational(-6), Rational(10)};
    }
    for (long d = odd ? 3 : 2; d < dim; d += 2) {
        extend(h, d, 3, sign);
        y_0 = y_0 + Rational(1, d) * h[1];
        phi_0 = phi_0 + Rational(1, d * (d + 2)) * (h[2] + Rational(-1) * h[0]);
        h = {h[0] + Rational(-1) * h[2], Rational(d + 2, d + 4) * (h[1] + Rational(-1) * h[3])};
    }
    extend(h, dim, last + 2, sign);
    std::vector<Pair> g = {half + Rational(-1, 2) * y_0};
    for (std::size_t k = 1; k <= last + 1; ++k) g.push_back(Rational(1, 2 * dim) * h[k - 1]);
    std::vector<Pair> mu(last + 1);
    if (odd) mu[0] = half + Rational(1, 2) * phi_0 + g[0] + g[1];
    for (std::size_t k = odd ? 1 : 2; k <= last; ++k) {
        const auto i = static_cast<long>(k);
        const Rational divisor(1, 2 * i + dim - 2);
        mu[k] = divisor * (g[k - 1] + Rational(-1) * g[k + 1]) + g[k] +
                divisor * (Rational(i + dim - 2) * g[k + 1] + Rational(i) * g[k - 1]);
    }
    return mu;
}

Ball enclose(const Pair& x, bool odd, long bits) {
    using Basis = Exact::Basis;
    const Exact value = Exact(x.first, odd ? Basis::inverse_pi : Basis::sqrt2_over_pi_squared) +
                        Exact(x.second, odd ? Basis::one : Basis::log_over_pi_squared);
    return value.to_ball(bits);
}

/// The examples of closed-forms.md.
void check_examples(Proof& proof, const Rational& sign) {
    const auto check = [&](const std::string& place, const Pair& form, const Rational& first, const Rational& second) {
        proof.number(place + ", first constant", form.first, first);
        proof.number(place + ", second constant", form.second, second);
    };
    const std::vector<Pair> three = eigenvalues(3, 4, sign);
    check("d = 3, k = 0", three[0], Rational(0), Rational(1));
    check("d = 3, k = 1", three[1], Rational(-2, 9), Rational(1, 3));
    check("d = 3, k = 2", three[2], Rational(2, 3), Rational(-3, 16));
    check("d = 3, k = 3", three[3], Rational(-44, 15), Rational(15, 16));
    check("d = 3, k = 4", three[4], Rational(604, 45), Rational(-205, 48));
    const std::vector<Pair> two = eigenvalues(2, 3, sign);
    check("d = 2, k = 2", two[2], Rational(5, 9), Rational(-1, 3));
    check("d = 2, k = 3", two[3], Rational(-89, 36), Rational(49, 12));
}

}  // namespace

/// The forms, evaluated with guard bits for their cancellation (2.55 per degree), lie within the certified quadrature
/// of the kernel, which knows nothing of them.
Obligation hidden_bias_values() {
    return {"hidden-bias-values",
            "The exact forms with hidden biases of variance 1 agree with certified quadrature of the kernel.",
            "mu_k = F_k + G_k + (tG)_k by the recurrence, the climb and their start lies in the certified enclosure",
            "closed-forms.md, Which numbers occur",
            {{"sign", Change::sign, "+ (n+2) j² h_{j-1} replaced by - (n+2) j² h_{j-1} in the recurrence"},
             {"variance", Change::hypothesis, "V = 1 dropped: the kernel of V = 2"}},
            [](Proof& proof, const Variant& variant) {
                KernelSpec spec;
                spec.activation = make_relu();
                spec.layers = {Layer{variant.pick("variance", Rational(2), Rational(1)), 1}};
                spec.train_bias = true;
                const Kernel kernel(spec);
                const int last = proof.limits().max_degree;
                const Rational sign = variant.pick("sign", Rational(-1), Rational(1));
                check_examples(proof, sign);
                proof.on_range("d", 2, proof.limits().max_dim, [&](long dim) {
                    const bool odd = dim % 2 == 1;
                    const int first = odd ? 0 : 2;
                    std::vector<int> degrees;
                    for (int k = first; k <= last; ++k) degrees.push_back(k);
                    const std::vector<Pair> forms = eigenvalues(dim, static_cast<std::size_t>(last), sign);
                    const std::vector<Eigenvalue> certified =
                        eigenvalues_by(Route::ball, kernel, static_cast<int>(dim), degrees, 12);
                    proof.on_range("k", first, last, [&](long k) {
                        const Ball form = enclose(forms[static_cast<std::size_t>(k)], odd, 3 * k + 8 * dim + 200);
                        const Ball& enclosure = certified[static_cast<std::size_t>(k - first)].enclosure;
                        proof.holds("the form lies in the enclosure", form.overlaps(enclosure),
                                    "the form is not in the enclosure of 12 digits");
                    });
                });
                proof.uses("hidden-bias-odd-dimensions");
                proof.uses("hidden-bias-even-dimensions");
            }};
}

}  // namespace ntk::proofs
