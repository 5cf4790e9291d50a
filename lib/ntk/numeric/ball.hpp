// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/arb.hpp"
#include "ntk/numeric/rational.hpp"

#include <string>

/// Rigorous arithmetic: a ball [midpoint +/- radius] that contains the true value for every choice of true inputs in
/// the input balls (inclusion principle; Arb). Each ball carries the working precision in bits at which it was made; an
/// operation works at the larger precision of its operands. No precision is global.
namespace ntk {

/// A real number enclosed in midpoint +/- radius.
class Ball {
public:
    /// Exactly zero, at the working precision `bits`.
    explicit Ball(long bits);
    Ball(long value, long bits);
    Ball(const Integer& value, long bits);
    /// The quotient rounded to `bits`; exact where it fits.
    Ball(const Rational& value, long bits);
    Ball(const Ball& other);
    Ball(Ball&& other) noexcept;
    Ball& operator=(const Ball& other);
    Ball& operator=(Ball&& other) noexcept;
    ~Ball();

    /// The double exactly.
    static Ball from_double(double value, long bits);
    static Ball pi(long bits);
    /// Midpoint value, radius `radius` >= 0 (rounded up).
    static Ball with_radius(const Ball& midpoint, double radius);

    long bits() const { return bits_; }
    /// The same enclosure, to be worked on with another precision.
    Ball at_precision(long bits) const;
    bool is_finite() const;
    bool contains_zero() const;
    bool is_zero() const;
    bool overlaps(const Ball& other) const;
    bool contains(const Rational& value) const;
    /// The whole ball is <= (>=) the whole other ball.
    bool certainly_at_most(const Ball& other) const;
    double midpoint() const;
    /// An upper bound of the radius; +infinity if it exceeds the range of a double, and never 0 for an inexact ball.
    double radius() const;
    /// Upper and lower bounds of the absolute value.
    double magnitude_upper() const;
    double magnitude_lower() const;
    /// -log2(radius/|midpoint|) rounded down: the number of certain bits; very large for an exact ball.
    long relative_accuracy_bits() const;
    /// An integer e with |x| < 2^e for every x in the ball; very negative for 0.
    long magnitude_exponent() const;
    Rational exact_midpoint() const;
    /// An upper bound of the radius as an exact rational.
    Rational exact_radius() const;

    const arb_struct* get() const { return value_; }
    arb_struct* get() { return value_; }

    Ball& operator+=(const Ball& other);
    Ball& operator-=(const Ball& other);
    Ball& operator*=(const Ball& other);
    Ball& operator/=(const Ball& other);

private:
    arb_t value_;
    long bits_;
};

Ball operator-(const Ball& x);
Ball operator+(Ball x, const Ball& y);
Ball operator-(Ball x, const Ball& y);
Ball operator*(Ball x, const Ball& y);
Ball operator/(Ball x, const Ball& y);
Ball operator+(const Ball& x, long y);
Ball operator-(const Ball& x, long y);
Ball operator*(const Ball& x, long y);
Ball operator/(const Ball& x, long y);
Ball operator-(long x, const Ball& y);
Ball operator+(long x, const Ball& y);
Ball operator*(long x, const Ball& y);
Ball operator/(long x, const Ball& y);

Ball sqrt(const Ball& x);
Ball sin(const Ball& x);
Ball cos(const Ball& x);
/// sin(x)/x, 1 at x = 0.
Ball sinc(const Ball& x);
Ball asin(const Ball& x);
Ball acos(const Ball& x);
Ball log(const Ball& x);
Ball exp(const Ball& x);
Ball sinh(const Ball& x);
Ball cosh(const Ball& x);
Ball tanh(const Ball& x);
/// erf(x) = (2/sqrt(pi)) int_0^x e^{-s^2} ds.
Ball erf(const Ball& x);
Ball abs(const Ball& x);
Ball pow(const Ball& x, unsigned exponent);
/// The smallest ball that contains both.
Ball hull(const Ball& x, const Ball& y);
/// x with its radius enlarged by the largest absolute value in `by`.
Ball enlarged(const Ball& x, const Ball& by);
/// x with its midpoint rounded to `bits`, the new working precision; the radius grows by the rounding.
Ball rounded(const Ball& x, long bits);
/// Gamma(numerator/2) of a positive half-integer or integer.
Ball gamma_of_half(long numerator, long bits);

/// A complex number enclosed in a rectangle of two balls. Functions with branch cuts return a non-finite value unless
/// they are analytic on the whole rectangle: a finite result therefore certifies analyticity there.
class ComplexBall {
public:
    explicit ComplexBall(long bits);
    explicit ComplexBall(const Ball& real);
    ComplexBall(const Ball& real, const Ball& imaginary);
    ComplexBall(const ComplexBall& other);
    ComplexBall(ComplexBall&& other) noexcept;
    ComplexBall& operator=(const ComplexBall& other);
    ComplexBall& operator=(ComplexBall&& other) noexcept;
    ~ComplexBall();

    long bits() const { return bits_; }
    bool is_finite() const;
    Ball real() const;
    Ball imaginary() const;
    /// An upper bound of the larger radius; +infinity if not finite.
    double radius() const;
    /// The exact midpoint of the rectangle.
    ComplexBall centre() const;
    /// Wide enough for the mean value theorem to pay (mean_value_form).
    bool is_wide() const { return radius() > 1e-6; }
    /// Bounds of the modulus over the rectangle.
    double magnitude_upper() const;
    double magnitude_lower() const;

    const acb_struct* get() const { return value_; }
    acb_struct* get() { return value_; }

    ComplexBall& operator+=(const ComplexBall& other);
    ComplexBall& operator-=(const ComplexBall& other);
    ComplexBall& operator*=(const ComplexBall& other);
    ComplexBall& operator/=(const ComplexBall& other);

private:
    acb_t value_;
    long bits_;
};

ComplexBall operator-(const ComplexBall& x);
ComplexBall operator+(ComplexBall x, const ComplexBall& y);
ComplexBall operator-(ComplexBall x, const ComplexBall& y);
ComplexBall operator*(ComplexBall x, const ComplexBall& y);
ComplexBall operator/(ComplexBall x, const ComplexBall& y);
ComplexBall operator+(const ComplexBall& x, long y);
ComplexBall operator-(const ComplexBall& x, long y);
ComplexBall operator*(const ComplexBall& x, long y);
ComplexBall operator/(const ComplexBall& x, long y);
ComplexBall operator-(long x, const ComplexBall& y);
ComplexBall operator+(long x, const ComplexBall& y);
ComplexBall operator*(long x, const ComplexBall& y);
ComplexBall operator/(long x, const ComplexBall& y);

/// Principal branches; cuts: (-infinity, 0] for sqrt and log, |x| >= 1 on the real axis for asin.
ComplexBall sqrt(const ComplexBall& x);
ComplexBall log(const ComplexBall& x);
ComplexBall asin(const ComplexBall& x);
ComplexBall sin(const ComplexBall& x);
ComplexBall cos(const ComplexBall& x);
ComplexBall sinc(const ComplexBall& x);
ComplexBall exp(const ComplexBall& x);
ComplexBall sinh(const ComplexBall& x);
ComplexBall cosh(const ComplexBall& x);
ComplexBall tanh(const ComplexBall& x);
ComplexBall erf(const ComplexBall& x);
ComplexBall pow(const ComplexBall& x, unsigned exponent);
/// An enclosure of an analytic f on the rectangle x: the one of `plain`, which encloses f(x), and
/// f(centre) + slope (x - centre), slope an enclosure of f' on x, that has the smaller radius. Plain formulas widen a
/// rectangle by several times its derivative; this does not.
ComplexBall mean_value_form(const ComplexBall& plain, const ComplexBall& at_centre, const ComplexBall& slope,
                            const ComplexBall& x);
/// Both parts with their radii enlarged by the largest modulus in `by`.
ComplexBall enlarged(const ComplexBall& x, const ComplexBall& by);
/// A value that is not finite.
ComplexBall indeterminate_like(const ComplexBall& example);

/// Constants at the precision of an example value, so that formulas can be written once for every scalar of this
/// header.
inline Ball pi_like(const Ball& example) { return Ball::pi(example.bits()); }
inline ComplexBall pi_like(const ComplexBall& example) { return ComplexBall(Ball::pi(example.bits())); }
inline Ball constant_like(const Rational& value, const Ball& example) { return Ball(value, example.bits()); }
inline ComplexBall constant_like(const Rational& value, const ComplexBall& example) {
    return ComplexBall(Ball(value, example.bits()));
}

}  // namespace ntk
