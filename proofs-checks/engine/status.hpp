// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace ntk::proofs {

/// How a step was proved.
enum class Method {
    identity,           ///< polynomial or rational-function identity in symbols
    positivity,         ///< non-negative coefficients after a shift, or an exact sum of squares
    gamma_identity,     ///< equality of products of Gamma functions by Gamma(x+1) = x Gamma(x)
    recurrence,         ///< recurrence certificate: telescoping and initial values
    algebra,            ///< identity in a free non-commutative algebra
    enclosure,          ///< certified enclosure on a compact set
    power_series,       ///< formal power series, up to an order
    finite_evaluation,  ///< exact evaluation on a finite range
    composition,        ///< nothing of its own: other nodes put together
};

/// "polynomial identity", ...
std::string to_string(Method method);

/// What is known of a statement, best first.
enum class Status {
    proved,           ///< for all parameters of its range
    on_range,         ///< checked on a finite range
    on_trajectories,  ///< checked on trajectories
    assumed,          ///< a named theorem, with reference
    open,             ///< neither proved nor checked
    failed,           ///< its proof or the rejection of one of its mutants failed
};

/// "proved for all parameters", "checked on a range", "checked on trajectories", "assumed, with reference", "open",
/// "failed".
std::string to_string(Status status);

}  // namespace ntk::proofs
