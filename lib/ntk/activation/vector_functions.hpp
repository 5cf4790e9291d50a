// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/vector_kernel.hpp"
#include "ntk/activation/vector_math.hpp"

#if defined(__AVX512F__) || (defined(__AVX2__) && defined(__FMA__))

namespace ntk::vector_functions {

/// One type per VectorFunction with three members on packs of doubles:
///     kept(z)                 what the two passes over the sample share,
///     value(z, kept)          sigma(z),
///     derivative(z, kept)     sigma'(z) / derivative_scale.
/// memory says what is worth keeping between the passes: kept(z); nothing; or, where sigma(z) = z sigma'(z) and sigma'
/// is 1 or negative_slope, one bit per number that says which.
enum class Memory { numbers, nothing, signs };

namespace math = vector_math;

struct LeakyRelu {
    static constexpr Memory memory = Memory::signs;
    static constexpr double derivative_scale = 1;
    double negative_slope;
    template <class P>
    NTK_INLINE P kept(const P& z) const {
        return fma(P(negative_slope), min(z, P(0)), max(z, P(0)));
    }
    template <class P>
    NTK_INLINE P value(const P& /*z*/, const P& kept) const {
        return kept;
    }
    template <class P>
    NTK_INLINE P derivative(const P& z, const P& /*kept*/) const {
        return where_zero(z, P((1 + negative_slope) / 2), where_negative(z, P(negative_slope), P(1)));
    }
};

/// The same with slope 0, which needs one operation less.
struct Relu {
    static constexpr Memory memory = Memory::signs;
    static constexpr double derivative_scale = 1;
    static constexpr double negative_slope = 0;
    template <class P>
    NTK_INLINE P kept(const P& z) const {
        return max(z, P(0));
    }
    template <class P>
    NTK_INLINE P value(const P& /*z*/, const P& kept) const {
        return kept;
    }
    template <class P>
    NTK_INLINE P derivative(const P& z, const P& kept) const {
        return LeakyRelu{0}.derivative(z, kept);
    }
};

struct Erf {
    static constexpr Memory memory = Memory::numbers;
    static constexpr double derivative_scale = 1.1283791670955126;  // 2/sqrt(pi)
    template <class P>
    NTK_INLINE P kept(const P& z) const {
        return math::erf(z);
    }
    template <class P>
    NTK_INLINE P value(const P& /*z*/, const P& kept) const {
        return kept;
    }
    template <class P>
    NTK_INLINE P derivative(const P& z, const P& /*kept*/) const {
        return math::exponential_of_minus_square(z);
    }
};

struct Tanh {
    static constexpr Memory memory = Memory::numbers;
    static constexpr double derivative_scale = 1;
    /// With u = e^{-2|z|} - 1: tanh |z| = -u/(2+u).
    template <class P>
    NTK_INLINE P kept(const P& z) const {
        const P u = math::exponential_minus_one(abs(z) * P(-2));
        return times_sign((P(0) - u) / (P(2) + u), z);
    }
    template <class P>
    NTK_INLINE P value(const P& /*z*/, const P& kept) const {
        return kept;
    }
    template <class P>
    NTK_INLINE P derivative(const P& /*z*/, const P& kept) const {
        return fnma(kept, kept, P(1));
    }
};

/// 1/(1+e^{-z}) from e^{-|z|}.
template <class P>
NTK_INLINE P logistic(const P& z) {
    const P e = math::exponential(P(0) - abs(z));
    return where_negative(z, e, P(1)) / (P(1) + e);
}

struct Sigmoid {
    static constexpr Memory memory = Memory::numbers;
    static constexpr double derivative_scale = 1;
    template <class P>
    NTK_INLINE P kept(const P& z) const {
        return logistic(z);
    }
    template <class P>
    NTK_INLINE P value(const P& /*z*/, const P& kept) const {
        return kept;
    }
    template <class P>
    NTK_INLINE P derivative(const P& /*z*/, const P& kept) const {
        return fnma(kept, kept, kept);
    }
};

/// log(1 + e^{beta z})/beta = max(z,0) + log(1 + e^{-|beta z|})/beta.
struct Softplus {
    static constexpr Memory memory = Memory::numbers;
    static constexpr double derivative_scale = 1;
    double beta;
    double over_beta;
    template <class P>
    NTK_INLINE P kept(const P& z) const {
        const P tail = math::log_one_plus(math::exponential(abs(z) * P(-beta)));
        return fma(tail, P(over_beta), max(z, P(0)));
    }
    template <class P>
    NTK_INLINE P value(const P& /*z*/, const P& kept) const {
        return kept;
    }
    template <class P>
    NTK_INLINE P derivative(const P& z, const P& /*kept*/) const {
        return logistic(z * P(beta));
    }
};

/// z Phi(z), Phi(z) = (1 + erf(z/sqrt 2))/2; Phi is kept.
struct Gelu {
    static constexpr Memory memory = Memory::numbers;
    static constexpr double derivative_scale = 1;
    template <class P>
    NTK_INLINE P kept(const P& z) const {
        constexpr double root_half = 0.70710678118654752;
        return fma(math::erf(z * P(root_half)), P(0.5), P(0.5));
    }
    template <class P>
    NTK_INLINE P value(const P& z, const P& kept) const {
        return z * kept;
    }
    template <class P>
    NTK_INLINE P derivative(const P& z, const P& kept) const {
        constexpr double one_over_root_two_pi = 0.39894228040143268;
        return fma(min(max(z, P(-64)), P(64)) * P(one_over_root_two_pi), math::exponential_of_minus_half_square(z), kept);
    }
};

/// z S(z), S the logistic function, which is kept.
struct Silu {
    static constexpr Memory memory = Memory::numbers;
    static constexpr double derivative_scale = 1;
    template <class P>
    NTK_INLINE P kept(const P& z) const {
        return logistic(z);
    }
    /// Below -750 the value is 0, and the logistic function is not quite.
    template <class P>
    NTK_INLINE P value(const P& z, const P& kept) const {
        return max(z, P(-750)) * kept;
    }
    /// S + z c (1 - c) with c = S(-|z|), which does not cancel; beyond 750 the second term is 0.
    template <class P>
    NTK_INLINE P derivative(const P& z, const P& kept) const {
        const P c = logistic(P(0) - abs(z));
        return fma(min(max(z, P(-750)), P(750)), fnma(c, c, c), kept);
    }
};

struct Sine {
    static constexpr Memory memory = Memory::numbers;
    static constexpr double derivative_scale = 1;
    template <class P>
    NTK_INLINE P kept(const P& z) const {
        return math::sine(z, 0);
    }
    template <class P>
    NTK_INLINE P value(const P& /*z*/, const P& kept) const {
        return kept;
    }
    template <class P>
    NTK_INLINE P derivative(const P& z, const P& /*kept*/) const {
        return math::sine(z, 1);
    }
};

struct Cosine {
    static constexpr Memory memory = Memory::numbers;
    static constexpr double derivative_scale = 1;
    template <class P>
    NTK_INLINE P kept(const P& z) const {
        return math::sine(z, 1);
    }
    template <class P>
    NTK_INLINE P value(const P& /*z*/, const P& kept) const {
        return kept;
    }
    template <class P>
    NTK_INLINE P derivative(const P& z, const P& /*kept*/) const {
        return P(0) - math::sine(z, 0);
    }
};

/// e^{-z^2/2}
struct Gaussian {
    static constexpr Memory memory = Memory::numbers;
    static constexpr double derivative_scale = 1;
    template <class P>
    NTK_INLINE P kept(const P& z) const {
        return math::exponential_of_minus_half_square(z);
    }
    template <class P>
    NTK_INLINE P value(const P& /*z*/, const P& kept) const {
        return kept;
    }
    template <class P>
    NTK_INLINE P derivative(const P& z, const P& kept) const {
        return (P(0) - min(max(z, P(-64)), P(64))) * kept;
    }
};

struct Polynomial {
    static constexpr Memory memory = Memory::nothing;
    static constexpr double derivative_scale = 1;
    const double* coefficients;
    int length;  ///< >= 1
    template <class P>
    NTK_INLINE P kept(const P& z) const {
        P sum(coefficients[length - 1]);
        for (int i = length - 2; i >= 0; --i) sum = fma(sum, z, P(coefficients[i]));
        return sum;
    }
    template <class P>
    NTK_INLINE P value(const P& /*z*/, const P& kept) const {
        return kept;
    }
    template <class P>
    NTK_INLINE P derivative(const P& z, const P& /*kept*/) const {
        P sum(0);
        for (int i = length - 1; i >= 1; --i) sum = fma(sum, z, P(i * coefficients[i]));
        return sum;
    }
};

/// Calls act(function) with the function of the kernel as one of the types above.
template <class Action>
NTK_INLINE void with_function(const VectorKernel& kernel, const Action& act) {
    switch (kernel.function) {
        case VectorFunction::relu: return act(Relu{});
        case VectorFunction::leaky_relu: return act(LeakyRelu{kernel.parameter});
        case VectorFunction::erf: return act(Erf{});
        case VectorFunction::tanh: return act(Tanh{});
        case VectorFunction::sigmoid: return act(Sigmoid{});
        case VectorFunction::softplus: return act(Softplus{kernel.parameter, 1 / kernel.parameter});
        case VectorFunction::gelu: return act(Gelu{});
        case VectorFunction::silu: return act(Silu{});
        case VectorFunction::sine: return act(Sine{});
        case VectorFunction::cosine: return act(Cosine{});
        case VectorFunction::gaussian: return act(Gaussian{});
        case VectorFunction::polynomial:
            return act(Polynomial{kernel.coefficients.data(), static_cast<int>(kernel.coefficients.size())});
    }
}

}  // namespace ntk::vector_functions
#endif
