// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/free_algebra.hpp"

namespace ntk::proofs {

/// A formal power series sum_i c_i t^i up to and including t^order, with coefficients of the free algebra (commuting
/// series have multiples of the unit as coefficients). Operations on two series keep the smaller order.
class PowerSeries {
public:
    /// The coefficients of 1, t, t^2, ...; at least one, else std::domain_error.
    explicit PowerSeries(std::vector<FreeElement> coefficients);
    /// A constant, known up to t^order.
    static PowerSeries constant(const FreeElement& value, unsigned order);
    /// e^{x t} = sum_i x^i t^i/i!.
    static PowerSeries exponential(const FreeElement& x, unsigned order);

    unsigned order() const { return static_cast<unsigned>(coefficients_.size() - 1); }
    /// The coefficient of t^i; std::domain_error beyond the order.
    const FreeElement& coefficient(unsigned i) const;
    /// One order is lost.
    PowerSeries derivative() const;
    /// int_0^t; one order is won.
    PowerSeries integral() const;

    friend PowerSeries operator-(const PowerSeries& x);
    friend PowerSeries operator+(const PowerSeries& x, const PowerSeries& y);
    friend PowerSeries operator-(const PowerSeries& x, const PowerSeries& y);
    friend PowerSeries operator*(const PowerSeries& x, const PowerSeries& y);

private:
    std::vector<FreeElement> coefficients_;
};

PowerSeries operator-(const PowerSeries& x);
PowerSeries operator+(const PowerSeries& x, const PowerSeries& y);
PowerSeries operator-(const PowerSeries& x, const PowerSeries& y);
PowerSeries operator*(const PowerSeries& x, const PowerSeries& y);
/// int_0^t x(t-s) y(s) ds, exact in every coefficient: int_0^t (t-s)^i s^j ds = i! j!/(i+j+1)! t^{i+j+1}.
PowerSeries convolution(const PowerSeries& x, const PowerSeries& y);
/// The solution of r' = -K(t) r with r(0) = start, up to one order more than K: (i+1) r_{i+1} = -sum_j K_j r_{i-j}.
PowerSeries linear_flow(const PowerSeries& kernel, const FreeElement& start);

}  // namespace ntk::proofs
