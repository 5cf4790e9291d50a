// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/status.hpp"

#include <stdexcept>

namespace ntk::proofs {

std::string to_string(Method method) {
    switch (method) {
        case Method::identity:
            return "polynomial identity";
        case Method::positivity:
            return "positivity";
        case Method::gamma_identity:
            return "Gamma function identity";
        case Method::recurrence:
            return "recurrence certificate";
        case Method::algebra:
            return "non-commutative algebra";
        case Method::enclosure:
            return "certified enclosure";
        case Method::power_series:
            return "power series";
        case Method::finite_evaluation:
            return "exact evaluation on a finite range";
        case Method::composition:
            return "composition";
    }
    throw std::logic_error("to_string: a Method without name");
}

std::string to_string(Status status) {
    switch (status) {
        case Status::proved:
            return "proved for all parameters";
        case Status::on_range:
            return "checked on a range";
        case Status::on_trajectories:
            return "checked on trajectories";
        case Status::assumed:
            return "assumed, with reference";
        case Status::open:
            return "open";
        case Status::failed:
            return "failed";
    }
    throw std::logic_error("to_string: a Status without name");
}

}  // namespace ntk::proofs
