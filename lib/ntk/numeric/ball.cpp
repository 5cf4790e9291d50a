// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/ball.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace ntk {
namespace {

/// Copies a GMP rational into FLINT and divides once.
void set_rational(arb_t target, const Rational& value, long bits) {
    fmpq_t quotient;
    fmpq_init(quotient);
    fmpq_set_mpq(quotient, value.backend().data());
    arb_set_fmpq(target, quotient, bits);
    fmpq_clear(quotient);
}

/// A dyadic Arb float as an exact rational.
Rational rational_from_arf(const arf_t value) {
    if (!arf_is_finite(value)) throw std::domain_error("Ball: a non-finite value has no exact rational form");
    fmpq_t quotient;
    fmpq_init(quotient);
    arf_get_fmpq(quotient, value);
    Rational result;
    fmpq_get_mpq(result.backend().data(), quotient);
    fmpq_clear(quotient);
    return result;
}

double double_from_magnitude(const mag_t value) { return mag_get_d(value); }

}  // namespace

Ball::Ball(long bits) : bits_(bits) { arb_init(value_); }

Ball::Ball(long value, long bits) : Ball(bits) { arb_set_si(value_, value); }

Ball::Ball(const Integer& value, long bits) : Ball(bits) {
    fmpz_t whole;
    fmpz_init(whole);
    fmpz_set_mpz(whole, value.backend().data());
    arb_set_round_fmpz(value_, whole, bits);
    fmpz_clear(whole);
}

Ball::Ball(const Rational& value, long bits) : Ball(bits) { set_rational(value_, value, bits); }

Ball::Ball(const Ball& other) : Ball(other.bits_) { arb_set(value_, other.value_); }

Ball::Ball(Ball&& other) noexcept : Ball(other.bits_) { arb_swap(value_, other.value_); }

Ball& Ball::operator=(const Ball& other) {
    arb_set(value_, other.value_);
    bits_ = other.bits_;
    return *this;
}

Ball& Ball::operator=(Ball&& other) noexcept {
    arb_swap(value_, other.value_);
    bits_ = other.bits_;
    return *this;
}

Ball::~Ball() { arb_clear(value_); }

Ball Ball::from_double(double value, long bits) {
    Ball result(bits);
    arb_set_d(result.value_, value);
    return result;
}

Ball Ball::pi(long bits) {
    Ball result(bits);
    arb_const_pi(result.value_, bits);
    return result;
}

Ball Ball::with_radius(const Ball& midpoint, double radius) {
    if (!(radius >= 0)) throw std::domain_error("Ball::with_radius: the radius must be >= 0");
    Ball result = midpoint;
    mag_t bound;
    mag_init(bound);
    mag_set_d(bound, radius);
    arb_add_error_mag(result.value_, bound);
    mag_clear(bound);
    return result;
}

Ball Ball::at_precision(long bits) const {
    Ball result = *this;
    result.bits_ = bits;
    return result;
}

bool Ball::is_finite() const { return arb_is_finite(value_) != 0; }
bool Ball::contains_zero() const { return arb_contains_zero(value_) != 0; }
bool Ball::is_zero() const { return arb_is_zero(value_) != 0; }
bool Ball::overlaps(const Ball& other) const { return arb_overlaps(value_, other.value_) != 0; }
bool Ball::certainly_at_most(const Ball& other) const { return arb_le(value_, other.value_) != 0; }

bool Ball::contains(const Rational& value) const {
    fmpq_t quotient;
    fmpq_init(quotient);
    fmpq_set_mpq(quotient, value.backend().data());
    const bool inside = arb_contains_fmpq(value_, quotient) != 0;
    fmpq_clear(quotient);
    return inside;
}

double Ball::midpoint() const { return arf_get_d(arb_midref(value_), ARF_RND_NEAR); }

double Ball::radius() const {
    if (mag_is_zero(arb_radref(value_))) return 0;
    const double radius = double_from_magnitude(arb_radref(value_));
    return std::max(radius, std::numeric_limits<double>::denorm_min());
}

double Ball::magnitude_upper() const {
    mag_t bound;
    mag_init(bound);
    arb_get_mag(bound, value_);
    const double upper = double_from_magnitude(bound);
    mag_clear(bound);
    return upper;
}

double Ball::magnitude_lower() const {
    mag_t bound;
    mag_init(bound);
    arb_get_mag_lower(bound, value_);
    // mag_get_d is exact in the normal range; below it the value is rounded, so nothing but 0 is a safe lower bound
    // there.
    const double lower = double_from_magnitude(bound);
    mag_clear(bound);
    return lower < std::numeric_limits<double>::min() ? 0 : lower;
}

long Ball::relative_accuracy_bits() const { return arb_rel_accuracy_bits(value_); }

long Ball::magnitude_exponent() const {
    mag_t bound;
    mag_init(bound);
    arb_get_mag(bound, value_);
    constexpr long none = std::numeric_limits<long>::min() / 4;
    long exponent = none;
    if (!mag_is_zero(bound)) {
        const fmpz* stored = MAG_EXPREF(bound);
        exponent = COEFF_IS_MPZ(*stored) ? (fmpz_sgn(stored) < 0 ? none : -none) : fmpz_get_si(stored);
    }
    mag_clear(bound);
    return exponent;
}

Rational Ball::exact_midpoint() const { return rational_from_arf(arb_midref(value_)); }

Rational Ball::exact_radius() const {
    arf_t radius;
    arf_init(radius);
    arf_set_mag(radius, arb_radref(value_));
    const Rational result = rational_from_arf(radius);
    arf_clear(radius);
    return result;
}

Ball& Ball::operator+=(const Ball& other) {
    bits_ = std::max(bits_, other.bits_);
    arb_add(value_, value_, other.value_, bits_);
    return *this;
}

Ball& Ball::operator-=(const Ball& other) {
    bits_ = std::max(bits_, other.bits_);
    arb_sub(value_, value_, other.value_, bits_);
    return *this;
}

Ball& Ball::operator*=(const Ball& other) {
    bits_ = std::max(bits_, other.bits_);
    arb_mul(value_, value_, other.value_, bits_);
    return *this;
}

Ball& Ball::operator/=(const Ball& other) {
    bits_ = std::max(bits_, other.bits_);
    arb_div(value_, value_, other.value_, bits_);
    return *this;
}

Ball operator-(const Ball& x) {
    Ball result(x);
    arb_neg(result.get(), result.get());
    return result;
}

Ball operator+(Ball x, const Ball& y) { return x += y; }
Ball operator-(Ball x, const Ball& y) { return x -= y; }
Ball operator*(Ball x, const Ball& y) { return x *= y; }
Ball operator/(Ball x, const Ball& y) { return x /= y; }
Ball operator+(const Ball& x, long y) { return x + Ball(y, x.bits()); }
Ball operator-(const Ball& x, long y) { return x - Ball(y, x.bits()); }
Ball operator*(const Ball& x, long y) { return x * Ball(y, x.bits()); }
Ball operator/(const Ball& x, long y) { return x / Ball(y, x.bits()); }
Ball operator-(long x, const Ball& y) { return Ball(x, y.bits()) - y; }
Ball operator+(long x, const Ball& y) { return y + x; }
Ball operator/(long x, const Ball& y) { return Ball(x, y.bits()) / y; }
Ball operator*(long x, const Ball& y) { return y * x; }

Ball sqrt(const Ball& x) {
    Ball result(x.bits());
    arb_sqrt(result.get(), x.get(), x.bits());
    return result;
}

Ball sin(const Ball& x) {
    Ball result(x.bits());
    arb_sin(result.get(), x.get(), x.bits());
    return result;
}

Ball cos(const Ball& x) {
    Ball result(x.bits());
    arb_cos(result.get(), x.get(), x.bits());
    return result;
}

Ball sinc(const Ball& x) {
    Ball result(x.bits());
    arb_sinc(result.get(), x.get(), x.bits());
    return result;
}

Ball asin(const Ball& x) {
    Ball result(x.bits());
    arb_asin(result.get(), x.get(), x.bits());
    return result;
}

Ball acos(const Ball& x) {
    Ball result(x.bits());
    arb_acos(result.get(), x.get(), x.bits());
    return result;
}

Ball log(const Ball& x) {
    Ball result(x.bits());
    arb_log(result.get(), x.get(), x.bits());
    return result;
}

Ball exp(const Ball& x) {
    Ball result(x.bits());
    arb_exp(result.get(), x.get(), x.bits());
    return result;
}

Ball sinh(const Ball& x) {
    Ball result(x.bits());
    arb_sinh(result.get(), x.get(), x.bits());
    return result;
}

Ball cosh(const Ball& x) {
    Ball result(x.bits());
    arb_cosh(result.get(), x.get(), x.bits());
    return result;
}

Ball tanh(const Ball& x) {
    Ball result(x.bits());
    arb_tanh(result.get(), x.get(), x.bits());
    return result;
}

Ball erf(const Ball& x) {
    Ball result(x.bits());
    arb_hypgeom_erf(result.get(), x.get(), x.bits());
    return result;
}

Ball abs(const Ball& x) {
    Ball result(x.bits());
    arb_abs(result.get(), x.get());
    return result;
}

Ball pow(const Ball& x, unsigned exponent) {
    Ball result(x.bits());
    arb_pow_ui(result.get(), x.get(), exponent, x.bits());
    return result;
}

Ball hull(const Ball& x, const Ball& y) {
    Ball result(std::max(x.bits(), y.bits()));
    arb_union(result.get(), x.get(), y.get(), result.bits());
    return result;
}

Ball rounded(const Ball& x, long bits) {
    Ball result(bits);
    arb_set_round(result.get(), x.get(), bits);
    return result;
}

Ball enlarged(const Ball& x, const Ball& by) {
    Ball result(x);
    arb_add_error(result.get(), by.get());
    return result;
}

Ball gamma_of_half(long numerator, long bits) {
    if (numerator < 1) throw std::domain_error("gamma_of_half: the argument must be positive");
    Ball result(bits);
    fmpq_t argument;
    fmpq_init(argument);
    fmpq_set_si(argument, numerator, 2);
    arb_gamma_fmpq(result.get(), argument, bits);
    fmpq_clear(argument);
    return result;
}

}  // namespace ntk
