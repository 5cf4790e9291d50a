// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

/// P_k = P_{k,d}: the Gegenbauer polynomial of degree k and index (d-2)/2 normalised to P_k(1) = 1; Chebyshev T_k for
/// d = 2, Legendre for d = 3. |P_k| <= 1 on [-1,1]. Recurrence (DLMF 18.9.1 in this normalisation):
///     (k+d-2) P_{k+1}(t) = (2k+d-2) t P_k(t) - k P_{k-1}(t),  P_0 = 1, P_1 = t.
/// Forward evaluation is stable on [-1,1]: a rounding error eps per step grows at most to eps k(k+1)/2 (numerics.md).
namespace ntk {

/// One step of the recurrence: (a t P_k - b P_{k-1}) / c.
struct GegenbauerStep {
    long a;
    long b;
    long c;
};

/// The coefficients that lead from degrees k-1 and k >= 1 to k+1.
constexpr GegenbauerStep gegenbauer_step(int dim, int degree) {
    return {2L * degree + dim - 2, degree, static_cast<long>(degree) + dim - 2};
}

/// Throws std::domain_error unless dim >= 2 and degree >= 0.
inline void require_gegenbauer_arguments(int dim, int degree) {
    if (dim < 2 || degree < 0) {
        throw std::domain_error("gegenbauer_p: dim = " + std::to_string(dim) + ", degree = " + std::to_string(degree) +
                                ": dim must be >= 2 and degree >= 0");
    }
}

/// P_{degree,dim}(t) in any scalar that mixes with long. Cost O(degree). Throws std::domain_error for dim < 2 or degree
/// < 0.
template <class Scalar>
Scalar gegenbauer_p(int dim, int degree, const Scalar& t) {
    require_gegenbauer_arguments(dim, degree);
    Scalar previous(1);
    if (degree == 0) return previous;
    Scalar current(t);
    for (int k = 1; k < degree; ++k) {
        const GegenbauerStep step = gegenbauer_step(dim, k);
        Scalar next = (Scalar(step.a) * t * current - Scalar(step.b) * previous) / Scalar(step.c);
        previous = current;
        current = next;
    }
    return current;
}

/// P_{k,dim}(t) for degrees that never fall, by one walk along the recurrence, in a scalar that mixes with long.
/// In balls the radius grows by up to log2(1+sqrt(2)) < 1.3 bits per degree: so many more bits must be brought along.
/// `one` is the number 1 at the precision wanted. Throws std::domain_error for dim < 2.
template <class Scalar>
class GegenbauerWalk {
public:
    GegenbauerWalk(int dim, const Scalar& t, const Scalar& one) : dim_(dim), t_(t), previous_(one), current_(t) {
        require_gegenbauer_arguments(dim, 0);
    }

    /// P at this degree, which is not below the one asked for before.
    const Scalar& at(int degree) {
        if (degree == 0) return previous_;
        for (; degree_ < degree; ++degree_) {
            const GegenbauerStep step = gegenbauer_step(dim_, degree_);
            Scalar next = (step.a * t_ * current_ - step.b * previous_) / step.c;
            previous_ = std::move(current_);
            current_ = std::move(next);
        }
        return current_;
    }

private:
    int dim_;
    int degree_ = 1;  ///< of current_
    Scalar t_, previous_, current_;
};

/// P'_{k,d} = k (k+d-2)/(d-1) P_{k-1,d+2}: the derivative in t.
template <class Scalar>
Scalar gegenbauer_p_derivative(int dim, int degree, const Scalar& t) {
    require_gegenbauer_arguments(dim, degree);
    if (degree == 0) return Scalar(0);
    const Scalar factor = Scalar(static_cast<long>(degree) * (degree + dim - 2)) / Scalar(static_cast<long>(dim - 1));
    return factor * gegenbauer_p(dim + 2, degree - 1, t);
}

/// out[k] = P_{k,dim}(t) for 0 <= k <= max_degree.
inline void gegenbauer_p_all(int dim, int max_degree, double t, double* out) {
    require_gegenbauer_arguments(dim, max_degree);
    out[0] = 1;
    if (max_degree >= 1) out[1] = t;
    for (int k = 1; k < max_degree; ++k) {
        const GegenbauerStep step = gegenbauer_step(dim, k);
        out[k + 1] = (static_cast<double>(step.a) * t * out[k] - static_cast<double>(step.b) * out[k - 1]) /
                     static_cast<double>(step.c);
    }
}

}  // namespace ntk
