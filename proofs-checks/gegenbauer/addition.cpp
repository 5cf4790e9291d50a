// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/gegenbauer/obligations.hpp"

#include <algorithm>

namespace ntk::proofs {
namespace {

Polynomial coordinate(const std::string& point, long i) { return Polynomial::symbol(point + "_" + std::to_string(i)); }

Polynomial laplacian(const Polynomial& p, long first, long dim) {
    Polynomial sum;
    for (long i = first; i <= dim; ++i) {
        const std::string name = "x_" + std::to_string(i);
        sum += p.derivative(name).derivative(name);
    }
    return sum;
}

/// All monomials of a degree in x_first, ..., x_dim.
std::vector<Polynomial> monomials(long degree, long first, long dim) {
    if (first == dim) return {pow(coordinate("x", dim), static_cast<int>(degree))};
    std::vector<Polynomial> all;
    for (long i = 0; i <= degree; ++i) {
        for (const Polynomial& rest : monomials(degree - i, first + 1, dim))
            all.push_back(pow(coordinate("x", first), static_cast<int>(i)) * rest);
    }
    return all;
}

/// sum_i (-1)^i x_1^{2i+odd}/(2i+odd)! Delta^i f, harmonic for every f in x_2, ..., x_dim.
Polynomial harmonic_extension(const Polynomial& f, int odd, long dim) {
    Polynomial sum;
    Polynomial term = f;
    Rational factor = 1;
    for (int i = 0; !term.is_zero(); ++i) {
        sum += factor * pow(coordinate("x", 1), 2 * i + odd) * term;
        factor /= -(2 * i + odd + 1) * (2 * i + odd + 2);
        term = laplacian(term, 2, dim);
    }
    return sum;
}

/// A basis of the harmonic polynomials of a degree.
std::vector<Polynomial> harmonic_basis(long degree, long dim) {
    std::vector<Polynomial> basis;
    for (const Polynomial& f : monomials(degree, 2, dim)) basis.push_back(harmonic_extension(f, 0, dim));
    if (degree == 0) return basis;
    for (const Polynomial& f : monomials(degree - 1, 2, dim)) basis.push_back(harmonic_extension(f, 1, dim));
    return basis;
}

/// The mean over x in the sphere: E x^a = prod_i (a_i - 1)!!/(d (d+2) ... (d+|a|-2)) for even exponents, as the moments
/// of a Gaussian vector are those of its length times those of its direction.
Polynomial mean_over_x(const Polynomial& p, long dim) {
    Polynomial sum;
    for (const Polynomial::Term& term : p.terms()) {
        Polynomial value = term.coefficient;
        unsigned degree = 0;
        for (const auto& [name, exponent] : term.exponents) {
            if (name.front() != 'x') {
                value *= pow(Polynomial::symbol(name), static_cast<int>(exponent));
                continue;
            }
            if (exponent % 2 == 1) value = Polynomial();
            for (unsigned i = 1; i < exponent; i += 2) value *= Polynomial(static_cast<long>(i));
            degree += exponent;
        }
        Rational length = 1;
        for (unsigned i = 0; i + 1 < degree; i += 2) length *= dim + static_cast<long>(i);
        sum += value * Rational(1 / length);
    }
    return sum;
}

/// |x|^k |y|^k P_k(<x,y>/(|x||y|)) as a polynomial in x and y.
Polynomial zonal(int degree, long dim, long dim_of_polynomial) {
    Polynomial product;
    Polynomial lengths(1);
    Polynomial x_square;
    Polynomial y_square;
    for (long i = 1; i <= dim; ++i) {
        product += coordinate("x", i) * coordinate("y", i);
        x_square += pow(coordinate("x", i), 2);
        y_square += pow(coordinate("y", i), 2);
    }
    lengths = x_square * y_square;
    if (degree == 0) return 1;
    Polynomial before(1);
    Polynomial current = product;
    for (int k = 1; k < degree; ++k) {
        const Rational divisor(1, k + dim_of_polynomial - 2);
        Polynomial next = Rational(divisor * (2 * k + dim_of_polynomial - 2)) * product * current -
                          Rational(divisor * k) * lengths * before;
        before = std::exchange(current, std::move(next));
    }
    return current;
}

}  // namespace

/// Z(x,y) = N(d,k) |x|^k |y|^k P_k(<x,y>/(|x||y|)) is harmonic in x, and E_x[h(x) Z(x,y)] = h(y) on the sphere for
/// every h of a basis of the harmonics of degree k: it is their reproducing kernel, which the sum of Y(x) Y(y) over an
/// orthonormal basis also is.
Obligation addition_theorem_small() {
    return {"addition-theorem-small",
            "The addition theorem in small dimensions and degrees, by exact integration over the sphere.",
            "sum_i Y_i(x) Y_i(y) = N(d,k) P_k(<x,y>)",
            "Funk–Hecke",
            {{"constant", Change::constant, "N(d,k) replaced by N(d,k) + 1"},
             {"formula", Change::formula, "P_{k,d} replaced by P_{k,d+1}"}},
            [](Proof& proof, const Variant& variant) {
                proof.given("x, y", "points of the sphere");
                proof.on_range("d", 2, std::min(proof.limits().max_dim, 4), [&](long dim) {
                    proof.on_range("k", 0, std::min(proof.limits().max_degree, 4), [&](long degree) {
                        const std::vector<Polynomial> basis = harmonic_basis(degree, dim);
                        const Rational number = static_cast<long>(basis.size()) + variant.pick("constant", 1L, 0L);
                        const Polynomial kernel =
                            number * zonal(static_cast<int>(degree), dim, dim + variant.pick("formula", 1L, 0L));
                        proof.holds("harmonic in x", laplacian(kernel, 1, dim).is_zero(), "Delta Z is not 0");
                        std::map<std::string, Polynomial> exchange;
                        for (long i = 1; i <= dim; ++i) exchange.emplace("x_" + std::to_string(i), coordinate("y", i));
                        for (const Polynomial& h : basis) {
                            proof.holds("h is harmonic", laplacian(h, 1, dim).is_zero());
                            proof.holds("Z reproduces h", mean_over_x(h * kernel, dim) == h.substitute(exchange),
                                        "E_x[h(x) Z(x,y)] is not h(y) for h = " + to_string(h));
                        }
                    });
                });
                proof.uses("harmonic-dimension");
                proof.uses("gegenbauer-recurrence");
                proof.uses("sphere-moments");
            }};
}

}  // namespace ntk::proofs
