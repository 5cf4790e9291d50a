// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/proof.hpp"

/// What the parts of Proof share.
namespace ntk::proofs {

/// Appends what is not there yet.
void add_once(std::vector<std::string>& list, const std::string& text);
/// "k = 2, d = 3".
std::string describe(const Point& point);
/// A few values of a range, its ends first.
std::vector<Rational> samples(const Range& range);

}  // namespace ntk::proofs
