// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/vector_tables.hpp"
#include "ntk/numeric/lanes.hpp"

#if defined(__AVX512F__) || (defined(__AVX2__) && defined(__FMA__))

/// Elementary functions on packs of doubles. How large their errors are is said and measured with the activations that
/// they make up (vector_kernel.hpp).
namespace ntk::vector_math {

/// c_0 + c_1 x + ... + c_{length-1} x^{length-1}.
template <class P, int length>
NTK_INLINE P horner(const double (&coefficients)[length], const P& x) {
    P sum(coefficients[length - 1]);
#pragma GCC unroll 16
    for (int i = length - 2; i >= 0; --i) sum = fma(sum, x, P(coefficients[i]));
    return sum;
}

/// A polynomial of its own for each of the 16 intervals of [0, 15.5 step]; x is in that range.
template <class P, int length>
NTK_INLINE P piecewise(const double (&pieces)[length][16], double step, const P& x) {
    const P shifted = fma(x, P(1 / step), P(rounding_shift));
    const P h = fnma(shifted - P(rounding_shift), P(step), x);
    P sum = lookup(pieces[length - 1], shifted);
#pragma GCC unroll 16
    for (int i = length - 2; i >= 0; --i) sum = fma(sum, h, lookup(pieces[i], shifted));
    return sum;
}

/// e^x = 2^{k/16} (1 + (e^r - 1)) with k the integer next to 16 x/log 2 and r = x - k log(2)/16.
template <class P>
struct ReducedExponent {
    P shifted;  ///< k in the low bits
    P r;
};

template <class P>
NTK_INLINE ReducedExponent<P> reduce_exponent(const P& x) {
    namespace t = vector_tables;
    const P shifted = fma(x, P(t::sixteenths_per_unit), P(rounding_shift));
    const P k = shifted - P(rounding_shift);
    return {shifted, fnma(k, P(t::sixteenth_low), fnma(k, P(t::sixteenth_high), x))};
}

template <class P>
NTK_INLINE P exponential_of_reduced(const P& shifted, const P& r) {
    const P growth = r * horner(vector_tables::exponential_quotient, r);
    const P power = scale_by_sixteenths(lookup(vector_tables::power_high, shifted), shifted);
    return fma(growth, power, power);
}

/// e^x for x <= 700; e^{-708}, which is below 10^{-307}, stands for everything below it.
template <class P>
NTK_INLINE P exponential(const P& x) {
    const ReducedExponent<P> reduced = reduce_exponent(max(x, P(-708)));
    return exponential_of_reduced(reduced.shifted, reduced.r);
}

/// e^{-factor z^2} for a factor that is a power of 2 and |z| up to `largest`, beyond which the value there is taken.
/// The rounding of the square, which the exponential would multiply by its size, is taken along.
template <class P>
NTK_INLINE P gaussian(const P& z, double factor, double largest) {
    const P clamped = min(abs(z), P(largest));
    const P minus = clamped * P(-factor);
    const P square = minus * clamped;
    const ReducedExponent<P> reduced = reduce_exponent(square);
    return exponential_of_reduced(reduced.shifted, reduced.r + fma(minus, clamped, P(0) - square));
}

/// e^{-z^2}, from |z| = 26.5 on e^{-702}.
template <class P>
NTK_INLINE P exponential_of_minus_square(const P& z) {
    return gaussian(z, 1, 26.5);
}

/// e^{-z^2/2}, from |z| = 37.5 on e^{-703}.
template <class P>
NTK_INLINE P exponential_of_minus_half_square(const P& z) {
    return gaussian(z, 0.5, 37.5);
}

/// e^x - 1 for x <= 0. The power of 2 is taken with what its rounding lost: it cancels against 1.
template <class P>
NTK_INLINE P exponential_minus_one(const P& x) {
    namespace t = vector_tables;
    const ReducedExponent<P> reduced = reduce_exponent(max(x, P(-64)));
    const P growth = reduced.r * horner(t::expm1_quotient, reduced.r);
    const P power = lookup(t::power_high, reduced.shifted);
    const P rest = fma(growth, power, lookup(t::power_low, reduced.shifted));
    const P whole = scale_by_sixteenths(P(1), reduced.shifted);
    return fma(whole, rest, fma(whole, power, P(-1)));
}

template <class P>
NTK_INLINE P erf(const P& z) {
    // erf(6.05) is 1 to double.
    const P size = min(abs(z), P(6.05));
    return times_sign(piecewise(vector_tables::erf_pieces, vector_tables::erf_step, size), z);
}

/// log(1 + x) for 0 <= x <= 1.
template <class P>
NTK_INLINE P log_one_plus(const P& x) {
    return piecewise(vector_tables::log1p_pieces, vector_tables::log1p_step, x);
}

/// Arguments up to here are reduced modulo pi without loss.
inline constexpr double largest_reduced_angle = 1e6;

/// sin z, or cos z = sin(z + pi/2), for |z| <= largest_reduced_angle: with h the multiple (sine) or half-odd multiple
/// (cosine) of pi next to z, both are +-sin(z - h pi).
template <class P>
NTK_INLINE P sine(const P& z, double quarter_turns) {
    namespace t = vector_tables;
    const double offset = quarter_turns / 2;
    const P shifted = fma(z, P(1 / (t::pi_high + t::pi_middle)), P(offset)) + P(rounding_shift);
    const P multiple = (shifted - P(rounding_shift)) - P(offset);
    const P r = fnma(multiple, P(t::pi_low), fnma(multiple, P(t::pi_middle), fnma(multiple, P(t::pi_high), z)));
    const P square = r * r;
    return times_sign(fma(r * square, horner(t::sine_tail, square), r), odd_sign(shifted));
}

}  // namespace ntk::vector_math
#endif
