// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/quadrature.hpp"

#include "ntk/numeric/arb.hpp"

#include <Eigen/Eigenvalues>
#include <boost/math/quadrature/gauss_kronrod.hpp>

#include <cmath>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

/// Off-diagonal entry b_k (k >= 1) of the Jacobi matrix of the Gegenbauer weight:
/// b_k^2 = k (k+d-3) / ((2k+d-2)(2k+d-4)), and 1/d at k = 1 (the quotient is 0/0 there for d = 2).
long double jacobi_off_diagonal(int dim, int k) {
    if (k == 1) return std::sqrt(1.0L / static_cast<long double>(dim));
    const long double kk = k;
    const long double d = dim;
    return std::sqrt(kk * (kk + d - 3) / ((2 * kk + d - 2) * (2 * kk + d - 4)));
}

/// Values of the orthonormal polynomial of degree `off_diagonal.size()` at t, its derivative, and the sum of squares of
/// all lower ones.
struct OrthonormalValues {
    long double value;
    long double derivative;
    long double sum_of_squares;
};

OrthonormalValues orthonormal_values(const std::vector<long double>& off_diagonal, long double t) {
    long double previous = 0, current = 1, previous_slope = 0, slope = 0, sum = 0;
    for (std::size_t k = 0; k < off_diagonal.size(); ++k) {
        sum += current * current;
        const long double lower = k == 0 ? 0.0L : off_diagonal[k - 1];
        const long double next = (t * current - lower * previous) / off_diagonal[k];
        const long double next_slope = (current + t * slope - lower * previous_slope) / off_diagonal[k];
        previous = current;
        previous_slope = slope;
        current = next;
        slope = next_slope;
    }
    return {current, slope, sum};
}

}  // namespace

QuadratureRule gauss_legendre(int count) {
    if (count < 1) throw std::domain_error("gauss_legendre: count = " + std::to_string(count) + ": must be >= 1");
    QuadratureRule rule{std::vector<double>(static_cast<std::size_t>(count)),
                        std::vector<double>(static_cast<std::size_t>(count))};
    arb_t node, weight;
    arb_init(node);
    arb_init(weight);
    constexpr slong bits = 90;
    for (int i = 0; i < count; ++i) {
        arb_hypgeom_legendre_p_ui_root(node, weight, static_cast<ulong>(count), static_cast<ulong>(i), bits);
        const auto place = static_cast<std::size_t>(count - 1 - i);
        rule.nodes[place] = arf_get_d(arb_midref(node), ARF_RND_NEAR);
        rule.weights[place] = arf_get_d(arb_midref(weight), ARF_RND_NEAR);
    }
    arb_clear(node);
    arb_clear(weight);
    return rule;
}

QuadratureRule gauss_gegenbauer(int dim, int count) {
    if (dim < 2 || count < 1) {
        throw std::domain_error("gauss_gegenbauer: dim = " + std::to_string(dim) +
                                ", count = " + std::to_string(count) + ": dim must be >= 2 and count >= 1");
    }
    std::vector<long double> off_diagonal;
    for (int k = 1; k <= count; ++k) off_diagonal.push_back(jacobi_off_diagonal(dim, k));
    Eigen::VectorXd start = Eigen::VectorXd::Zero(1);
    if (count > 1) {
        Eigen::VectorXd sub(count - 1);
        for (int k = 0; k + 1 < count; ++k) sub(k) = static_cast<double>(off_diagonal[static_cast<std::size_t>(k)]);
        Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
        solver.computeFromTridiagonal(Eigen::VectorXd::Zero(count), sub, Eigen::EigenvaluesOnly);
        start = solver.eigenvalues();
    }
    QuadratureRule rule;
    for (int i = 0; i < count; ++i) {
        long double t = static_cast<long double>(start(i));
        for (int step = 0; step < 3; ++step) {
            const OrthonormalValues at = orthonormal_values(off_diagonal, t);
            t -= at.value / at.derivative;
        }
        rule.nodes.push_back(static_cast<double>(t));
        rule.weights.push_back(static_cast<double>(1 / orthonormal_values(off_diagonal, t).sum_of_squares));
    }
    return rule;
}

const KronrodRule& kronrod_15() {
    static const KronrodRule rule = [] {
        using Kronrod = boost::math::quadrature::gauss_kronrod<double, 15>;
        using Gauss = boost::math::quadrature::gauss<double, 7>;
        KronrodRule built{};
        // Boost lists the non-negative abscissas in increasing order; every second one, from 0 on, is a Gauss node.
        for (std::size_t i = 0; i < 8; ++i) {
            const double gauss_weight = i % 2 == 0 ? Gauss::weights()[i / 2] : 0.0;
            for (const bool mirrored : {false, true}) {
                const std::size_t place = mirrored ? 7 - i : 7 + i;
                built.nodes[place] = (mirrored ? -1 : 1) * Kronrod::abscissa()[i];
                built.weights[place] = Kronrod::weights()[i];
                built.gauss_weights[place] = gauss_weight;
            }
        }
        return built;
    }();
    return rule;
}

}  // namespace ntk
