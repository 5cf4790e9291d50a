// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/clopper_pearson.hpp"

#include <boost/math/special_functions/beta.hpp>

#include <stdexcept>
#include <string>

namespace ntk {

ProbabilityInterval clopper_pearson(long events, long trials, double confidence) {
    if (trials < 1 || events < 0 || events > trials || !(confidence > 0 && confidence < 1)) {
        throw std::domain_error("clopper_pearson: " + std::to_string(events) + " events in " + std::to_string(trials) +
                                " trials with confidence " + std::to_string(confidence) +
                                ": expected 0 <= events <= trials, trials >= 1, 0 < confidence < 1");
    }
    const double tail = (1 - confidence) / 2;
    const auto seen = static_cast<double>(events), others = static_cast<double>(trials - events);
    // P(at least k events) is the beta(k, n-k+1) distribution function, P(at most k) one minus beta(k+1, n-k).
    const double lower = events == 0 ? 0 : boost::math::ibeta_inv(seen, others + 1, tail);
    const double upper = events == trials ? 1 : boost::math::ibetac_inv(seen + 1, others, tail);
    return {lower, upper};
}

}  // namespace ntk
