// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/ball.hpp"
#include "proofs-checks/engine/polynomial.hpp"

#include <functional>

namespace ntk::proofs {

/// A closed interval with rational ends.
struct Interval {
    Rational lower;
    Rational upper;
};

/// A product of closed intervals, one for each variable.
using Box = std::map<std::string, Interval>;
/// Enclosures of the variables.
using BallPoint = std::map<std::string, Ball>;
/// A real function that maps enclosures of its variables to an enclosure of its value; not finite where it cannot tell.
using BallFunction = std::function<Ball(const BallPoint&)>;

/// The polynomial at enclosures of its symbols, by Horner's rule in one symbol after the other.
Ball enclose(const Polynomial& p, const BallPoint& point, long bits);

struct EnclosureOptions {
    long bits = 80;
    long most_boxes = 200'000;
};

struct EnclosureResult {
    bool certified = false;
    std::optional<Point> counterexample;  ///< a point at which the claim certainly fails
    std::string failure;                  ///< why it was not certified
    long boxes = 0;                       ///< how many boxes were looked at
};

/// Certifies f >= 0 on the whole box: boxes are halved along their widest side (relative to the start) until the
/// enclosure of f is >= 0 on each. A box whose centre has f certainly < 0 refutes the claim. A zero inside the box that
/// is no sign change of the enclosure cannot be certified: divide it out first, as the obligation then shows.
EnclosureResult certify_nonnegative(const BallFunction& f, const Box& box, const EnclosureOptions& options = {});

/// Bounds of the maximum of f on the box that differ by at most `tolerance`: f(some point) >= lower, f <= upper on the
/// box. Unreachable if that takes more than options.most_boxes boxes.
Interval certified_maximum(const BallFunction& f, const Box& box, const Rational& tolerance,
                           const EnclosureOptions& options = {});

}  // namespace ntk::proofs
