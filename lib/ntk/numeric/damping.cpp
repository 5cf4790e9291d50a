// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/damping.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

namespace ntk {

double damping_factor(double mu, double t) {
    if (!(mu >= 0 && t >= 0 && std::isfinite(mu) && std::isfinite(t))) {
        throw std::domain_error("damping_factor: mu = " + std::to_string(mu) + ", t = " + std::to_string(t) +
                                ": both must be finite and >= 0");
    }
    return mu == 0 ? t : -std::expm1(-mu * t) / mu;
}

Real damping_factor(const Real& mu, const Real& t) {
    if (!(mu >= 0 && t >= 0)) {
        throw std::domain_error("damping_factor: mu = " + mu.str(20) + ", t = " + t.str(20) + ": both must be >= 0");
    }
    if (mu == 0) return t;
    return Real(-expm1(Real(-mu * t)) / mu);
}

}  // namespace ntk
