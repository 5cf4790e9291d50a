// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/hermite.hpp"

#include <stdexcept>

namespace ntk {

DualSeries hermite_dual_series(const Activation& activation, const Ball&, long, long) {
    throw std::logic_error("hermite_dual_series: " + activation.name());
}

DualValues<Real> RealDualSeries::at(const Real&) const { throw std::logic_error("RealDualSeries::at"); }

RealDualSeries real_hermite_dual_series(const Activation& activation, const Real&) {
    throw std::logic_error("real_hermite_dual_series: " + activation.name());
}

}  // namespace ntk
