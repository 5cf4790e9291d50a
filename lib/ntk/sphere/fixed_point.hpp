// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/ball.hpp"
#include "ntk/sphere/gegenbauer.hpp"

#include <gmp.h>

#include <vector>

namespace ntk {

/// A column of signed fixed-point numbers, each with one integer limb and `limbs` fractional limbs (sign and
/// magnitude). One unit in the last place is 2^{-64 limbs}. All operations truncate towards zero, so each rounding
/// error is below one unit.
class FixedPointColumn {
public:
    FixedPointColumn(std::size_t size, long limbs);

    std::size_t size() const { return negative_.size(); }
    long limbs() const { return limbs_; }
    mp_limb_t* magnitude(std::size_t i) { return data_.data() + i * stride(); }
    const mp_limb_t* magnitude(std::size_t i) const { return data_.data() + i * stride(); }
    bool negative(std::size_t i) const { return negative_[i] != 0; }
    void set_negative(std::size_t i, bool negative) { negative_[i] = negative ? 1 : 0; }
    /// Stores the midpoint, |midpoint| < 2^63; the error is at most the radius plus one unit in the last place.
    void set(std::size_t i, const Ball& value);

private:
    std::size_t stride() const { return static_cast<std::size_t>(limbs_) + 1; }

    long limbs_;
    std::vector<mp_limb_t> data_;
    std::vector<char> negative_;
};

/// The values P_k(t_i) of a three-term recurrence on a column of nodes 0 <= t_i <= 1, advanced degree by degree in
/// fixed point:
///     c P_{k+1} = a t P_k - b P_{k-1},  P_0 = 1, P_1 = t.
/// For the Gegenbauer recurrence the error of every value is at most rounding_units(k) units in the last place; the
/// proof is in numerics.md, "The recurrence in fixed point".
class FixedPointRecurrence {
public:
    using Step = GegenbauerStep (*)(int dim, int degree);

    FixedPointRecurrence(const FixedPointColumn& nodes, int dim, Step step);

    int degree() const { return degree_; }
    /// P_degree at the nodes.
    const FixedPointColumn& values() const { return degree_ == 0 ? previous_ : current_; }
    void advance();

    /// Each step makes an error of at most 4 units: a t P costs a units, the division one more, and a/c <= 3 for
    /// k >= 1, d >= 2. An error of delta at step j grows to at most (k-j) delta.
    static double rounding_units(int degree) { return 2.0 * degree * (degree + 1.0); }

private:
    void advance_node(std::size_t i, const GegenbauerStep& step);

    const FixedPointColumn& nodes_;
    int dim_;
    Step step_;
    int degree_ = 0;
    FixedPointColumn previous_;
    FixedPointColumn current_;
    std::vector<mp_limb_t> product_;
    std::vector<mp_limb_t> scaled_;
};

/// sum_i x_i y_i without any rounding, as an exact ball.
Ball exact_dot_product(const FixedPointColumn& x, const FixedPointColumn& y, long bits);

}  // namespace ntk
