// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/sphere/fixed_point.hpp"

#include <algorithm>
#include <stdexcept>

namespace ntk {
namespace {

static_assert(GMP_NUMB_BITS == 64, "the fixed-point engine assumes limbs of 64 bits without nails");

}  // namespace

FixedPointColumn::FixedPointColumn(std::size_t size, long limbs)
    : limbs_(limbs), data_(size * (static_cast<std::size_t>(limbs) + 1), 0), negative_(size, 0) {}

void FixedPointColumn::set(std::size_t i, const Ball& value) {
    Ball scaled(value.bits());
    arb_mul_2exp_si(scaled.get(), value.get(), 64 * limbs_);
    fmpz_t whole;
    fmpz_init(whole);
    arf_get_fmpz(whole, arb_midref(scaled.get()), ARF_RND_DOWN);
    set_negative(i, fmpz_sgn(whole) < 0);
    fmpz_abs(whole, whole);
    if (fmpz_bits(whole) >= static_cast<flint_bitcnt_t>(64 * (limbs_ + 1) - 1)) {
        fmpz_clear(whole);
        throw std::domain_error("FixedPointColumn: a value of size 2^63 or more does not fit");
    }
    fmpz_get_ui_array(magnitude(i), limbs_ + 1, whole);
    fmpz_clear(whole);
}

FixedPointRecurrence::FixedPointRecurrence(const FixedPointColumn& nodes, int dim, Step step)
    : nodes_(nodes),
      dim_(dim),
      step_(step),
      previous_(nodes.size(), nodes.limbs()),
      current_(nodes),
      product_(2 * static_cast<std::size_t>(nodes.limbs() + 1)),
      scaled_(static_cast<std::size_t>(nodes.limbs()) + 2) {
    for (std::size_t i = 0; i < nodes.size(); ++i) previous_.magnitude(i)[nodes.limbs()] = 1;
}

void FixedPointRecurrence::advance() {
    if (degree_ > 0) {
        const GegenbauerStep step = step_(dim_, degree_);
        for (std::size_t i = 0; i < nodes_.size(); ++i) advance_node(i, step);
        std::swap(previous_, current_);
    }
    ++degree_;
}

/// Overwrites previous_[i] by (a t P_k - b P_{k-1}) / c; the caller swaps the columns.
void FixedPointRecurrence::advance_node(std::size_t i, const GegenbauerStep& step) {
    const auto limbs = static_cast<mp_size_t>(nodes_.limbs());
    const mp_limb_t* current = current_.magnitude(i);
    mp_limb_t* previous = previous_.magnitude(i);
    // t P_k, cut to the fractional limbs of the format: the low `limbs` limbs of the product are dropped.
    mpn_mul_n(product_.data(), current, nodes_.magnitude(i), limbs + 1);
    mp_limb_t* scaled = scaled_.data();
    scaled[limbs + 1] = mpn_mul_1(scaled, product_.data() + limbs, limbs + 1, static_cast<mp_limb_t>(step.a));
    bool negative = current_.negative(i) != nodes_.negative(i);
    // minus b P_{k-1}: same sign after negation adds the magnitudes, opposite signs subtract them.
    if (negative != previous_.negative(i)) {
        scaled[limbs + 1] += mpn_addmul_1(scaled, previous, limbs + 1, static_cast<mp_limb_t>(step.b));
    } else {
        const mp_limb_t borrow = mpn_submul_1(scaled, previous, limbs + 1, static_cast<mp_limb_t>(step.b));
        const bool below_zero = scaled[limbs + 1] < borrow;
        scaled[limbs + 1] -= borrow;
        if (below_zero) {
            mpn_neg(scaled, scaled, limbs + 2);
            negative = !negative;
        }
    }
    mpn_divrem_1(scaled, 0, scaled, limbs + 2, static_cast<mp_limb_t>(step.c));
    std::copy(scaled, scaled + limbs + 1, previous);
    previous_.set_negative(i, negative);
}

Ball exact_dot_product(const FixedPointColumn& x, const FixedPointColumn& y, long bits) {
    const auto width = static_cast<mp_size_t>(x.limbs() + 1);
    const auto sum_width = static_cast<std::size_t>(2 * width + 1);
    std::vector<mp_limb_t> product(sum_width, 0), positive(sum_width, 0), negative(sum_width, 0);
    for (std::size_t i = 0; i < x.size(); ++i) {
        mpn_mul_n(product.data(), x.magnitude(i), y.magnitude(i), width);
        std::vector<mp_limb_t>& sum = x.negative(i) == y.negative(i) ? positive : negative;
        mpn_add_n(sum.data(), sum.data(), product.data(), static_cast<mp_size_t>(sum_width));
    }
    fmpz_t up, down;
    fmpz_init(up);
    fmpz_init(down);
    fmpz_set_ui_array(up, positive.data(), static_cast<slong>(sum_width));
    fmpz_set_ui_array(down, negative.data(), static_cast<slong>(sum_width));
    fmpz_sub(up, up, down);
    Ball result(bits);
    arb_set_fmpz(result.get(), up);
    arb_mul_2exp_si(result.get(), result.get(), -128 * x.limbs());
    fmpz_clear(up);
    fmpz_clear(down);
    return result;
}

}  // namespace ntk
