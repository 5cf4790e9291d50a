// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/ball.hpp"

namespace ntk {

/// A function f(t), t = cos(theta), as a function of the angle theta in [0, pi] in rigorous arithmetic. On complex
/// balls a finite value certifies that f(cos theta) is analytic on the whole ball.
class AngleFunction {
public:
    virtual ~AngleFunction() = default;
    virtual Ball at_angle(const Ball& theta) const = 0;
    virtual ComplexBall at_angle(const ComplexBall& theta) const = 0;
};

}  // namespace ntk
