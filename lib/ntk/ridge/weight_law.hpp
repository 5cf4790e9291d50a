// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/rational.hpp"

#include <istream>
#include <optional>
#include <string>
#include <vector>

namespace ntk {

/// The hidden weights have length `radius` with probability `probability`.
struct RadialAtom {
    Rational radius;
    Rational probability;
};

/// A rotation-invariant law of the hidden weights whose length takes finitely many values: w = r u, u uniform on the
/// unit sphere, independent of r. All radii >= 0 and different, probabilities > 0 with sum exactly 1.
struct RadialLaw {
    std::vector<RadialAtom> atoms;
};

/// Reads a table: one line 'radius probability' per atom, decimals or fractions read exactly, '#' starts a comment,
/// empty lines are skipped. Equal radii are added up and probabilities 0 left out. Throws InputError "name:line: ..."
/// for a line that is not of this form, a negative number, or probabilities that do not add up to exactly 1.
RadialLaw read_radial_law(std::istream& table, const std::string& name);

/// "gaussian" gives nothing (the standard Gaussian law is not discrete); "sphere:R", R > 0, all weights of length R;
/// "radial:FILE" the table in that file. Throws InputError for any other text or a file that does not exist,
/// ResourceError for one that cannot be read.
std::optional<RadialLaw> parse_weight_law(const std::string& text);

/// E[r^power].
Rational radius_moment(const RadialLaw& law, int power);

}  // namespace ntk
