// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/ball.hpp"

#include <algorithm>
#include <limits>

namespace ntk {
namespace {

/// The rectangle meets the real axis outside the open interval (-1, 1).
bool meets_arcsine_cut(const acb_t x) {
    if (!arb_contains_zero(acb_imagref(x))) return false;
    arb_t modulus;
    arb_init(modulus);
    arb_abs(modulus, acb_realref(x));
    arb_sub_ui(modulus, modulus, 1, 64);
    const bool inside = arb_is_negative(modulus) != 0;
    arb_clear(modulus);
    return !inside;
}

}  // namespace

ComplexBall::ComplexBall(long bits) : bits_(bits) { acb_init(value_); }

ComplexBall::ComplexBall(const Ball& real) : ComplexBall(real.bits()) { acb_set_arb(value_, real.get()); }

ComplexBall::ComplexBall(const Ball& real, const Ball& imaginary)
    : ComplexBall(std::max(real.bits(), imaginary.bits())) {
    acb_set_arb_arb(value_, real.get(), imaginary.get());
}

ComplexBall::ComplexBall(const ComplexBall& other) : ComplexBall(other.bits_) { acb_set(value_, other.value_); }

ComplexBall::ComplexBall(ComplexBall&& other) noexcept : ComplexBall(other.bits_) { acb_swap(value_, other.value_); }

ComplexBall& ComplexBall::operator=(const ComplexBall& other) {
    acb_set(value_, other.value_);
    bits_ = other.bits_;
    return *this;
}

ComplexBall& ComplexBall::operator=(ComplexBall&& other) noexcept {
    acb_swap(value_, other.value_);
    bits_ = other.bits_;
    return *this;
}

ComplexBall::~ComplexBall() { acb_clear(value_); }

bool ComplexBall::is_finite() const { return acb_is_finite(value_) != 0; }

Ball ComplexBall::real() const {
    Ball result(bits_);
    acb_get_real(result.get(), value_);
    return result;
}

Ball ComplexBall::imaginary() const {
    Ball result(bits_);
    acb_get_imag(result.get(), value_);
    return result;
}

double ComplexBall::radius() const {
    return is_finite() ? std::max(real().radius(), imaginary().radius()) : std::numeric_limits<double>::infinity();
}

ComplexBall ComplexBall::centre() const {
    ComplexBall result(bits_);
    acb_get_mid(result.get(), value_);
    return result;
}

double ComplexBall::magnitude_upper() const {
    mag_t bound;
    mag_init(bound);
    acb_get_mag(bound, value_);
    const double upper = mag_get_d(bound);
    mag_clear(bound);
    return std::max(upper, std::numeric_limits<double>::min());
}

double ComplexBall::magnitude_lower() const {
    mag_t bound;
    mag_init(bound);
    acb_get_mag_lower(bound, value_);
    const double lower = mag_get_d(bound);
    mag_clear(bound);
    return lower < std::numeric_limits<double>::min() ? 0 : lower;
}

ComplexBall& ComplexBall::operator+=(const ComplexBall& other) {
    bits_ = std::max(bits_, other.bits_);
    acb_add(value_, value_, other.value_, bits_);
    return *this;
}

ComplexBall& ComplexBall::operator-=(const ComplexBall& other) {
    bits_ = std::max(bits_, other.bits_);
    acb_sub(value_, value_, other.value_, bits_);
    return *this;
}

ComplexBall& ComplexBall::operator*=(const ComplexBall& other) {
    bits_ = std::max(bits_, other.bits_);
    acb_mul(value_, value_, other.value_, bits_);
    return *this;
}

ComplexBall& ComplexBall::operator/=(const ComplexBall& other) {
    bits_ = std::max(bits_, other.bits_);
    acb_div(value_, value_, other.value_, bits_);
    return *this;
}

ComplexBall operator-(const ComplexBall& x) {
    ComplexBall result(x);
    acb_neg(result.get(), result.get());
    return result;
}

ComplexBall operator+(ComplexBall x, const ComplexBall& y) { return x += y; }
ComplexBall operator-(ComplexBall x, const ComplexBall& y) { return x -= y; }
ComplexBall operator*(ComplexBall x, const ComplexBall& y) { return x *= y; }
ComplexBall operator/(ComplexBall x, const ComplexBall& y) { return x /= y; }
ComplexBall operator+(const ComplexBall& x, long y) { return x + ComplexBall(Ball(y, x.bits())); }
ComplexBall operator-(const ComplexBall& x, long y) { return x - ComplexBall(Ball(y, x.bits())); }
ComplexBall operator*(const ComplexBall& x, long y) { return x * ComplexBall(Ball(y, x.bits())); }
ComplexBall operator/(const ComplexBall& x, long y) { return x / ComplexBall(Ball(y, x.bits())); }
ComplexBall operator-(long x, const ComplexBall& y) { return ComplexBall(Ball(x, y.bits())) - y; }
ComplexBall operator+(long x, const ComplexBall& y) { return y + x; }
ComplexBall operator*(long x, const ComplexBall& y) { return y * x; }
ComplexBall operator/(long x, const ComplexBall& y) { return ComplexBall(Ball(x, y.bits())) / y; }

namespace {

ComplexBall plain_sqrt(const ComplexBall& x) {
    ComplexBall result(x.bits());
    acb_sqrt_analytic(result.get(), x.get(), 1, x.bits());
    return result;
}

ComplexBall plain_asin(const ComplexBall& x) {
    ComplexBall result(x.bits());
    if (meets_arcsine_cut(x.get())) {
        acb_indeterminate(result.get());
    } else {
        acb_asin(result.get(), x.get(), x.bits());
    }
    return result;
}

}  // namespace

ComplexBall mean_value_form(const ComplexBall& plain, const ComplexBall& at_centre, const ComplexBall& slope,
                            const ComplexBall& x) {
    ComplexBall result = at_centre + slope * (x - x.centre());
    return result.radius() < plain.radius() ? result : plain;
}

ComplexBall sqrt(const ComplexBall& x) {
    ComplexBall plain = plain_sqrt(x);
    if (!plain.is_finite() || !x.is_wide()) return plain;
    return mean_value_form(plain, plain_sqrt(x.centre()), 1 / (2 * plain), x);
}

ComplexBall log(const ComplexBall& x) {
    ComplexBall result(x.bits());
    acb_log_analytic(result.get(), x.get(), 1, x.bits());
    return result;
}

ComplexBall asin(const ComplexBall& x) {
    ComplexBall plain = plain_asin(x);
    // Away from the cut a rectangle can still be too wide for the plain formula.
    if (!x.is_wide() || meets_arcsine_cut(x.get())) return plain;
    return mean_value_form(plain, plain_asin(x.centre()), 1 / (sqrt(1 - x) * sqrt(1 + x)), x);
}

ComplexBall sin(const ComplexBall& x) {
    ComplexBall result(x.bits());
    acb_sin(result.get(), x.get(), x.bits());
    return result;
}

ComplexBall cos(const ComplexBall& x) {
    ComplexBall result(x.bits());
    acb_cos(result.get(), x.get(), x.bits());
    return result;
}

ComplexBall sinc(const ComplexBall& x) {
    ComplexBall result(x.bits());
    acb_sinc(result.get(), x.get(), x.bits());
    return result;
}

ComplexBall exp(const ComplexBall& x) {
    ComplexBall result(x.bits());
    acb_exp(result.get(), x.get(), x.bits());
    return result;
}

ComplexBall sinh(const ComplexBall& x) {
    ComplexBall result(x.bits());
    acb_sinh(result.get(), x.get(), x.bits());
    return result;
}

ComplexBall cosh(const ComplexBall& x) {
    ComplexBall result(x.bits());
    acb_cosh(result.get(), x.get(), x.bits());
    return result;
}

ComplexBall tanh(const ComplexBall& x) {
    ComplexBall result(x.bits());
    acb_tanh(result.get(), x.get(), x.bits());
    return result;
}

ComplexBall erf(const ComplexBall& x) {
    ComplexBall result(x.bits());
    acb_hypgeom_erf(result.get(), x.get(), x.bits());
    return result;
}

ComplexBall pow(const ComplexBall& x, unsigned exponent) {
    ComplexBall result(x.bits());
    acb_pow_ui(result.get(), x.get(), exponent, x.bits());
    return result;
}

ComplexBall enlarged(const ComplexBall& x, const ComplexBall& by) {
    ComplexBall result(x);
    mag_t modulus;
    mag_init(modulus);
    acb_get_mag(modulus, by.get());
    acb_add_error_mag(result.get(), modulus);
    mag_clear(modulus);
    return result;
}

ComplexBall indeterminate_like(const ComplexBall& example) {
    ComplexBall result(example.bits());
    acb_indeterminate(result.get());
    return result;
}

}  // namespace ntk
