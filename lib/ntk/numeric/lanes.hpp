// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Vectors of doubles for the kernels that are compiled once per SimdLevel. A kernel is a template over Lanes, so that
/// its instances for two levels are different functions; the files that make them (*_avx2.cpp, *_avx512.cpp) are the
/// only ones compiled for more than the baseline, and use nothing else that could be shared with other files.
#if defined(__AVX512F__) || (defined(__AVX2__) && defined(__FMA__))
#include <immintrin.h>

#define NTK_INLINE inline __attribute__((always_inline))

namespace ntk {

/// 1.5 * 2^52: adding it rounds to an integer, which then stands in the low bits of the sum.
inline constexpr double rounding_shift = 6755399441055744.0;

#if defined(__AVX512F__)
struct Avx512Lanes {
    using Register = __m512d;
    static constexpr int count = 8;
    /// Rows and registers of the block that a matrix product keeps in registers.
    static constexpr int product_rows = 8;
    static constexpr int product_registers = 3;

    static NTK_INLINE Register load(const double* from) { return _mm512_loadu_pd(from); }
    static NTK_INLINE void store(double* to, Register x) { _mm512_storeu_pd(to, x); }
    static NTK_INLINE Register set(double x) { return _mm512_set1_pd(x); }
    static NTK_INLINE Register fma(Register a, Register b, Register c) { return _mm512_fmadd_pd(a, b, c); }
    static NTK_INLINE Register min(Register a, Register b) { return _mm512_min_pd(a, b); }
    static NTK_INLINE Register max(Register a, Register b) { return _mm512_max_pd(a, b); }
    static NTK_INLINE Register abs(Register a) { return _mm512_abs_pd(a); }
    static NTK_INLINE Register sqrt(Register a) { return _mm512_sqrt_pd(a); }
    /// a with its sign flipped where b is negative (also -0).
    static NTK_INLINE Register times_sign(Register a, Register b) {
        return _mm512_xor_pd(a, _mm512_and_pd(b, _mm512_set1_pd(-0.0)));
    }
    /// a where condition < 0, else b.
    static NTK_INLINE Register where_negative(Register condition, Register a, Register b) {
        return _mm512_mask_blend_pd(_mm512_cmp_pd_mask(condition, _mm512_setzero_pd(), _CMP_LT_OQ), b, a);
    }
    /// a where condition == 0, else b.
    static NTK_INLINE Register where_zero(Register condition, Register a, Register b) {
        return _mm512_mask_blend_pd(_mm512_cmp_pd_mask(condition, _mm512_setzero_pd(), _CMP_EQ_OQ), b, a);
    }
    /// table[j mod 16] for the integers j in the low bits of `shifted` (rounding_shift was added).
    static NTK_INLINE Register lookup(const double* table, Register shifted) {
        return _mm512_permutex2var_pd(load(table), _mm512_castpd_si512(shifted), load(table + 8));
    }
    /// x 2^floor(k/16) for the integer k in the low bits of `shifted`; x and the result are normal numbers.
    static NTK_INLINE Register scale_by_sixteenths(Register x, Register shifted) {
        const __m512i exponent = _mm512_and_si512(_mm512_slli_epi64(_mm512_castpd_si512(shifted), 48),
                                                  _mm512_set1_epi64(static_cast<long long>(0xFFF0000000000000)));
        return _mm512_castsi512_pd(_mm512_add_epi64(_mm512_castpd_si512(x), exponent));
    }
    /// One bit per lane.
    using Bits = __mmask8;
    static NTK_INLINE Bits load_bits(const unsigned char* from) {
        // GCC keeps the bits in a general register otherwise, and moves them from there for every use.
        Bits bits;
        asm("kmovb %1, %0" : "=k"(bits) : "m"(*from));
        return bits;
    }
    static NTK_INLINE Bits positive(Register x) { return _mm512_cmp_pd_mask(x, _mm512_setzero_pd(), _CMP_GT_OQ); }
    /// sum + x in the lanes whose bits are set, sum in the others.
    static NTK_INLINE Register add_where(Bits bits, Register x, Register sum) {
        return _mm512_mask_add_pd(sum, bits, sum, x);
    }
    /// The same with the multipliers instead of the adders, where a processor has both.
    static NTK_INLINE Register fma_where(Bits bits, Register x, Register sum) {
        return _mm512_mask3_fmadd_pd(x, _mm512_set1_pd(1), sum, bits);
    }
    /// The smaller magnitude, lane by lane.
    static NTK_INLINE Register smaller_magnitude(Register a, Register b) {
        constexpr int without_sign = 0b1000, smaller = 0b10;
        return _mm512_range_pd(a, b, without_sign | smaller);
    }
    /// The sign bit set where the integer in the low bits of `shifted` is odd.
    static NTK_INLINE Register odd_sign(Register shifted) {
        return _mm512_castsi512_pd(_mm512_slli_epi64(_mm512_castpd_si512(shifted), 63));
    }
    static NTK_INLINE double sum(Register x) { return _mm512_reduce_add_pd(x); }
    static NTK_INLINE double smallest(Register x) { return _mm512_reduce_min_pd(x); }
    static NTK_INLINE double largest(Register x) { return _mm512_reduce_max_pd(x); }
};
#else
struct Avx2Lanes {
    using Register = __m256d;
    static constexpr int count = 4;
    static constexpr int product_rows = 4;
    static constexpr int product_registers = 3;

    static NTK_INLINE Register load(const double* from) { return _mm256_loadu_pd(from); }
    static NTK_INLINE void store(double* to, Register x) { _mm256_storeu_pd(to, x); }
    static NTK_INLINE Register set(double x) { return _mm256_set1_pd(x); }
    static NTK_INLINE Register fma(Register a, Register b, Register c) { return _mm256_fmadd_pd(a, b, c); }
    static NTK_INLINE Register min(Register a, Register b) { return _mm256_min_pd(a, b); }
    static NTK_INLINE Register max(Register a, Register b) { return _mm256_max_pd(a, b); }
    static NTK_INLINE Register abs(Register a) { return _mm256_andnot_pd(_mm256_set1_pd(-0.0), a); }
    static NTK_INLINE Register sqrt(Register a) { return _mm256_sqrt_pd(a); }
    static NTK_INLINE Register times_sign(Register a, Register b) {
        return _mm256_xor_pd(a, _mm256_and_pd(b, _mm256_set1_pd(-0.0)));
    }
    static NTK_INLINE Register where_negative(Register condition, Register a, Register b) {
        return _mm256_blendv_pd(b, a, _mm256_cmp_pd(condition, _mm256_setzero_pd(), _CMP_LT_OQ));
    }
    static NTK_INLINE Register where_zero(Register condition, Register a, Register b) {
        return _mm256_blendv_pd(b, a, _mm256_cmp_pd(condition, _mm256_setzero_pd(), _CMP_EQ_OQ));
    }
    static NTK_INLINE Register lookup(const double* table, Register shifted) {
        const __m256i index = _mm256_and_si256(_mm256_castpd_si256(shifted), _mm256_set1_epi64x(15));
        return _mm256_i64gather_pd(table, index, 8);
    }
    static NTK_INLINE Register scale_by_sixteenths(Register x, Register shifted) {
        const __m256i exponent = _mm256_and_si256(_mm256_slli_epi64(_mm256_castpd_si256(shifted), 48),
                                                  _mm256_set1_epi64x(static_cast<long long>(0xFFF0000000000000)));
        return _mm256_castsi256_pd(_mm256_add_epi64(_mm256_castpd_si256(x), exponent));
    }
    using Bits = unsigned char;
    static NTK_INLINE Bits load_bits(const unsigned char* from) { return *from; }
    static NTK_INLINE Bits positive(Register x) {
        return static_cast<Bits>(_mm256_movemask_pd(_mm256_cmp_pd(x, _mm256_setzero_pd(), _CMP_GT_OQ)));
    }
    static NTK_INLINE Register add_where(Bits bits, Register x, Register sum) {
        const __m256i lane_bits = _mm256_set_epi64x(8, 4, 2, 1);
        const __m256i chosen = _mm256_and_si256(_mm256_set1_epi64x(bits), lane_bits);
        return sum + _mm256_and_pd(_mm256_castsi256_pd(_mm256_cmpeq_epi64(chosen, lane_bits)), x);
    }
    static NTK_INLINE Register fma_where(Bits bits, Register x, Register sum) { return add_where(bits, x, sum); }
    static NTK_INLINE Register smaller_magnitude(Register a, Register b) { return min(abs(a), abs(b)); }
    static NTK_INLINE Register odd_sign(Register shifted) {
        return _mm256_castsi256_pd(_mm256_slli_epi64(_mm256_castpd_si256(shifted), 63));
    }
    static NTK_INLINE double sum(Register x) {
        const __m128d half = _mm_add_pd(_mm256_castpd256_pd128(x), _mm256_extractf128_pd(x, 1));
        return _mm_cvtsd_f64(_mm_add_sd(half, _mm_unpackhi_pd(half, half)));
    }
    static NTK_INLINE double smallest(Register x) {
        const __m128d half = _mm_min_pd(_mm256_castpd256_pd128(x), _mm256_extractf128_pd(x, 1));
        return _mm_cvtsd_f64(_mm_min_sd(half, _mm_unpackhi_pd(half, half)));
    }
    static NTK_INLINE double largest(Register x) {
        const __m128d half = _mm_max_pd(_mm256_castpd256_pd128(x), _mm256_extractf128_pd(x, 1));
        return _mm_cvtsd_f64(_mm_max_sd(half, _mm_unpackhi_pd(half, half)));
    }
};
#endif

/// Four registers that go through the same operations, so that the latency of one hides behind the other three.
template <class Lanes>
struct Pack {
    using Register = typename Lanes::Register;
    static constexpr int registers = 4;
    static constexpr int size = registers * Lanes::count;

    Register part[registers];

    NTK_INLINE Pack() = default;
    NTK_INLINE explicit Pack(double x) {
        for (int i = 0; i < registers; ++i) part[i] = Lanes::set(x);
    }
    static NTK_INLINE Pack load(const double* from) {
        return each([&](int i) { return Lanes::load(from + i * Lanes::count); });
    }
    NTK_INLINE void store(double* to) const {
#pragma GCC unroll 4
        for (int i = 0; i < registers; ++i) Lanes::store(to + i * Lanes::count, part[i]);
    }
    template <class Function>
    static NTK_INLINE Pack each(const Function& function) {
        Pack result;
#pragma GCC unroll 4
        for (int i = 0; i < registers; ++i) result.part[i] = function(i);
        return result;
    }

    friend NTK_INLINE Pack operator+(const Pack& a, const Pack& b) {
        return each([&](int i) { return a.part[i] + b.part[i]; });
    }
    friend NTK_INLINE Pack operator-(const Pack& a, const Pack& b) {
        return each([&](int i) { return a.part[i] - b.part[i]; });
    }
    friend NTK_INLINE Pack operator*(const Pack& a, const Pack& b) {
        return each([&](int i) { return a.part[i] * b.part[i]; });
    }
    friend NTK_INLINE Pack operator/(const Pack& a, const Pack& b) {
        return each([&](int i) { return a.part[i] / b.part[i]; });
    }
    /// a b + c, rounded once.
    friend NTK_INLINE Pack fma(const Pack& a, const Pack& b, const Pack& c) {
        return each([&](int i) { return Lanes::fma(a.part[i], b.part[i], c.part[i]); });
    }
    /// c - a b, rounded once.
    friend NTK_INLINE Pack fnma(const Pack& a, const Pack& b, const Pack& c) {
        return each([&](int i) { return Lanes::fma(-a.part[i], b.part[i], c.part[i]); });
    }
    friend NTK_INLINE Pack min(const Pack& a, const Pack& b) {
        return each([&](int i) { return Lanes::min(a.part[i], b.part[i]); });
    }
    friend NTK_INLINE Pack max(const Pack& a, const Pack& b) {
        return each([&](int i) { return Lanes::max(a.part[i], b.part[i]); });
    }
    friend NTK_INLINE Pack abs(const Pack& a) {
        return each([&](int i) { return Lanes::abs(a.part[i]); });
    }
    friend NTK_INLINE Pack times_sign(const Pack& a, const Pack& b) {
        return each([&](int i) { return Lanes::times_sign(a.part[i], b.part[i]); });
    }
    friend NTK_INLINE Pack where_negative(const Pack& condition, const Pack& a, const Pack& b) {
        return each([&](int i) { return Lanes::where_negative(condition.part[i], a.part[i], b.part[i]); });
    }
    friend NTK_INLINE Pack where_zero(const Pack& condition, const Pack& a, const Pack& b) {
        return each([&](int i) { return Lanes::where_zero(condition.part[i], a.part[i], b.part[i]); });
    }
    friend NTK_INLINE Pack lookup(const double* table, const Pack& shifted) {
        return each([&](int i) { return Lanes::lookup(table, shifted.part[i]); });
    }
    friend NTK_INLINE Pack scale_by_sixteenths(const Pack& x, const Pack& shifted) {
        return each([&](int i) { return Lanes::scale_by_sixteenths(x.part[i], shifted.part[i]); });
    }
    friend NTK_INLINE Pack odd_sign(const Pack& shifted) {
        return each([&](int i) { return Lanes::odd_sign(shifted.part[i]); });
    }
    NTK_INLINE double sum() const { return Lanes::sum((part[0] + part[1]) + (part[2] + part[3])); }
    NTK_INLINE double largest() const {
        return Lanes::largest(Lanes::max(Lanes::max(part[0], part[1]), Lanes::max(part[2], part[3])));
    }
};

}  // namespace ntk
#endif
