// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/spectrum/restriction.hpp"

#include "ntk/sphere/fixed_point.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <stdexcept>

namespace ntk {
namespace {

/// P_{i,dim}(t) with its rounding and the error of t, from the recurrence in fixed point.
Ball enclosed_value(const FixedPointRecurrence& recurrence, const Ball& node_error, int dim) {
    const FixedPointColumn& values = recurrence.values();
    const long limbs = values.limbs();
    Ball result(64 * limbs);
    fmpz_t whole;
    fmpz_init(whole);
    fmpz_set_ui_array(whole, values.magnitude(0), limbs + 1);
    if (values.negative(0)) fmpz_neg(whole, whole);
    arb_set_fmpz(result.get(), whole);
    arb_mul_2exp_si(result.get(), result.get(), -64 * limbs);
    fmpz_clear(whole);
    const int degree = recurrence.degree();
    Ball rounding = Ball::from_double(FixedPointRecurrence::rounding_units(degree), 64);
    arb_mul_2exp_si(rounding.get(), rounding.get(), -64 * limbs);
    const Ball slope(Rational(Integer(degree) * (degree + dim - 2), dim - 1), 64);
    arb_add_error(result.get(), Ball(rounding + slope * node_error).get());
    return result;
}

/// The shares with `limbs` fractional limbs for the polynomials.
std::vector<Ball> shares_with(int dim, const Rational& bias_variance, int max_degree, int last, long limbs) {
    const long bits = 64 * limbs;
    std::vector<Ball> shares(static_cast<std::size_t>(last) + 1, Ball(1, bits));
    const Ball node = sqrt(Ball(Rational(bias_variance / (1 + bias_variance)), 64 * limbs + 32));
    FixedPointColumn nodes(1, limbs);
    nodes.set(0, node);
    // The radius of the node and one unit for storing it.
    Ball node_error(64), unit(1, 64);
    arf_set_mag(arb_midref(node_error.get()), arb_radref(node.get()));
    arb_mul_2exp_si(unit.get(), unit.get(), -64 * limbs);
    node_error += unit;
    const Ball base = zonal_density_constant(dim + 1, bits);
    for (int k = 0; k <= std::min(max_degree, last); ++k) {
        const int inner = 2 * k + dim + 1;
        const Ball constant = Ball(multiplicity(dim, k), bits) * zonal_density_constant(inner, bits) /
                              base / pow(Ball(Rational(1 + bias_variance), bits), static_cast<unsigned>(k));
        FixedPointRecurrence recurrence(nodes, inner, gegenbauer_step);
        for (int j = k; j <= last; ++j) {
            while (recurrence.degree() < j - k) recurrence.advance();
            const Ball value = enclosed_value(recurrence, node_error, inner);
            const Rational ratio(multiplicity(inner, j - k), multiplicity(dim + 1, j));
            shares[static_cast<std::size_t>(j)] -= constant * Ball(ratio, bits) * value * value;
        }
    }
    return shares;
}

}  // namespace

std::vector<Ball> restriction_shares(int dim, const Rational& bias_variance, int max_degree, int last) {
    if (dim < 2 || bias_variance <= 0 || max_degree < -1 || last < 0) {
        throw std::domain_error(
            "restriction_shares: needs dim >= 2, a positive bias variance, max_degree >= -1 and last >= 0");
    }
    // m_{jk} is a huge quotient of multiplicities times the square of a tiny polynomial: how many bits that costs grows
    // with the dimension and the degrees, and shows in the radii.
    constexpr double wanted_radius = 0x1p-60;
    for (long limbs = 3;; limbs *= 2) {
        std::vector<Ball> shares = shares_with(dim, bias_variance, max_degree, last, limbs);
        const bool sharp = std::all_of(shares.begin(), shares.end(),
                                       [&](const Ball& share) { return share.radius() <= wanted_radius; });
        if (sharp) return shares;
    }
}

}  // namespace ntk
