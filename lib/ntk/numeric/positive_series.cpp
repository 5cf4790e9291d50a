// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/positive_series.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

void require_equal_lengths(const PositiveSeries& x, const PositiveSeries& y) {
    if (x.length() != y.length()) {
        throw std::domain_error("PositiveSeries: lengths " + std::to_string(x.length()) + " and " +
                                std::to_string(y.length()) + " must be equal");
    }
}

}  // namespace

PositiveSeries::PositiveSeries(long length, long bits) : length_(length), bits_(bits), at_one_(bits) {
    if (length < 1) throw std::domain_error("PositiveSeries: length = " + std::to_string(length) + ": must be >= 1");
    arb_poly_init(polynomial_);
}

PositiveSeries::PositiveSeries(const std::vector<Ball>& coefficients, const Ball& at_one, long bits)
    : PositiveSeries(static_cast<long>(coefficients.size()), bits) {
    for (std::size_t i = coefficients.size(); i-- > 0;) {
        arb_poly_set_coeff_arb(polynomial_, static_cast<slong>(i), coefficients[i].get());
    }
    at_one_ = at_one;
}

PositiveSeries::PositiveSeries(const PositiveSeries& other)
    : length_(other.length_), bits_(other.bits_), at_one_(other.at_one_) {
    arb_poly_init(polynomial_);
    arb_poly_set(polynomial_, other.polynomial_);
}

PositiveSeries::PositiveSeries(PositiveSeries&& other) noexcept
    : length_(other.length_), bits_(other.bits_), at_one_(std::move(other.at_one_)) {
    arb_poly_init(polynomial_);
    arb_poly_swap(polynomial_, other.polynomial_);
}

PositiveSeries& PositiveSeries::operator=(PositiveSeries other) noexcept {
    arb_poly_swap(polynomial_, other.polynomial_);
    length_ = other.length_;
    bits_ = other.bits_;
    at_one_ = other.at_one_;
    return *this;
}

PositiveSeries::~PositiveSeries() { arb_poly_clear(polynomial_); }

PositiveSeries PositiveSeries::affine(const Ball& constant, const Ball& slope, long length, long bits) {
    PositiveSeries result(length, bits);
    arb_poly_set_coeff_arb(result.polynomial_, 1, slope.get());
    arb_poly_set_coeff_arb(result.polynomial_, 0, constant.get());
    result.at_one_ = constant + slope;
    return result;
}

Ball PositiveSeries::coefficient(long i) const {
    Ball result(bits_);
    arb_poly_get_coeff_arb(result.get(), polynomial_, i);
    return result;
}

Ball PositiveSeries::rest() const {
    Ball difference = at_one_;
    for (long i = 0; i < length_; ++i) difference -= coefficient(i);
    constexpr long rest_bits = 64;
    Ball result(rest_bits);
    arf_t end;
    arf_init(end);
    arb_get_ubound_arf(end, difference.get(), rest_bits);
    if (arf_sgn(end) > 0 || arf_is_nan(end) != 0) arb_set_arf(result.get(), end);
    arf_clear(end);
    return result;
}

Ball PositiveSeries::at(const Ball& x) const {
    Ball result(bits_);
    arb_poly_evaluate(result.get(), polynomial_, x.get(), bits_);
    return enlarged(result, rest());
}

PositiveSeries& PositiveSeries::operator+=(const PositiveSeries& other) {
    require_equal_lengths(*this, other);
    arb_poly_add(polynomial_, polynomial_, other.polynomial_, bits_);
    at_one_ += other.at_one_;
    return *this;
}

PositiveSeries& PositiveSeries::operator+=(const Ball& constant) {
    const Ball sum = coefficient(0) + constant;
    arb_poly_set_coeff_arb(polynomial_, 0, sum.get());
    at_one_ += constant;
    return *this;
}

PositiveSeries& PositiveSeries::operator*=(const Ball& factor) {
    arb_poly_scalar_mul(polynomial_, polynomial_, factor.get(), bits_);
    at_one_ *= factor;
    return *this;
}

PositiveSeries operator*(const PositiveSeries& x, const PositiveSeries& y) {
    require_equal_lengths(x, y);
    PositiveSeries result(x.length_, std::max(x.bits_, y.bits_));
    arb_poly_mullow(result.polynomial_, x.polynomial_, y.polynomial_, result.length_, result.bits_);
    result.at_one_ = x.at_one_ * y.at_one_;
    return result;
}

/// With g = P_g + R_g and f = P_f + R_f, what f(g) has beyond the truncated P_f(P_g) has non-negative coefficients. A
/// constant term of P_g is removed by a shift of P_f, since the composition of truncated series needs an inner series
/// without one.
PositiveSeries PositiveSeries::compose(const PositiveSeries& inner) const {
    require_equal_lengths(*this, inner);
    PositiveSeries result(length_, std::max(bits_, inner.bits_));
    const Ball constant = inner.coefficient(0);
    arb_poly_t shifted, variable;
    arb_poly_init(shifted);
    arb_poly_init(variable);
    // Horner's form keeps the relative accuracy of small coefficients, since nothing cancels.
    arb_poly_taylor_shift_horner(shifted, polynomial_, constant.get(), result.bits_);
    if (arb_poly_degree(inner.polynomial_) <= 1) {
        const Ball slope = inner.coefficient(1);
        Ball power(1, result.bits_);
        for (long i = 0; i < length_; ++i, power *= slope) {
            Ball coefficient(result.bits_);
            arb_poly_get_coeff_arb(coefficient.get(), shifted, i);
            coefficient *= power;
            arb_poly_set_coeff_arb(result.polynomial_, i, coefficient.get());
        }
    } else {
        arb_poly_set(variable, inner.polynomial_);
        arb_poly_set_coeff_si(variable, 0, 0);
        arb_poly_compose_series(result.polynomial_, shifted, variable, length_, result.bits_);
    }
    arb_poly_clear(variable);
    arb_poly_clear(shifted);
    result.at_one_ = at_one_;
    return result;
}

}  // namespace ntk
