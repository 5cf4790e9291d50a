// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/enclosure.hpp"

#include "ntk/numeric/errors.hpp"

#include <queue>
#include <stdexcept>

namespace ntk::proofs {
namespace {

BallPoint enclosed(const Box& box, long bits) {
    BallPoint point;
    for (const auto& [name, interval] : box) {
        point.emplace(name, hull(Ball(interval.lower, bits), Ball(interval.upper, bits)));
    }
    return point;
}

Point centre(const Box& box) {
    Point point;
    for (const auto& [name, interval] : box) point.emplace(name, Rational((interval.lower + interval.upper) / 2));
    return point;
}

Ball value_at(const BallFunction& f, const Point& point, long bits) {
    BallPoint balls;
    for (const auto& [name, value] : point) balls.emplace(name, Ball(value, bits));
    return f(balls);
}

/// Both halves along the side that has been halved least often.
std::pair<Box, Box> halves(const Box& box, const Box& start) {
    std::string widest;
    Rational largest = -1;
    for (const auto& [name, interval] : box) {
        const Interval& whole = start.at(name);
        const Rational width = whole.upper == whole.lower
                                   ? Rational(0)
                                   : Rational((interval.upper - interval.lower) / (whole.upper - whole.lower));
        if (width > largest) {
            largest = width;
            widest = name;
        }
    }
    std::pair<Box, Box> result{box, box};
    const Rational middle = (box.at(widest).lower + box.at(widest).upper) / 2;
    result.first.at(widest).upper = middle;
    result.second.at(widest).lower = middle;
    return result;
}

void require_proper(const Box& box) {
    if (box.empty()) throw std::domain_error("enclosure: the box has no sides");
    for (const auto& [name, interval] : box) {
        if (interval.lower > interval.upper) {
            throw std::domain_error("enclosure: " + name + " from " + to_string(interval.lower) + " to " +
                                    to_string(interval.upper) + ": expected a lower end that is not above the upper");
        }
    }
}

std::string describe(const Box& box) {
    std::string text;
    for (const auto& [name, interval] : box) {
        text += (text.empty() ? "" : ", ") + name + " from " + to_string(interval.lower) + " to " +
                to_string(interval.upper);
    }
    return text;
}

}  // namespace

Ball enclose(const Polynomial& p, const BallPoint& point, long bits) {
    if (p.is_constant()) return Ball(p.constant(), bits);
    const std::string name = p.symbols().front();
    const Ball& x = point.at(name);
    Ball sum(bits);
    for (unsigned power = p.degree(name) + 1; power-- > 0;) {
        sum = sum * x + enclose(p.coefficient(name, power), point, bits);
    }
    return sum;
}

EnclosureResult certify_nonnegative(const BallFunction& f, const Box& box, const EnclosureOptions& options) {
    require_proper(box);
    EnclosureResult result;
    const Ball zero(options.bits);
    // Wide boxes first: a counterexample is found before much work is done.
    std::queue<Box> open;
    open.push(box);
    while (!open.empty()) {
        const Box current = open.front();
        open.pop();
        if (++result.boxes > options.most_boxes) {
            result.failure =
                "not certified within " + std::to_string(options.most_boxes) + " boxes, last " + describe(current);
            return result;
        }
        const Ball value = f(enclosed(current, options.bits));
        if (value.is_finite() && zero.certainly_at_most(value)) continue;
        const Point middle = centre(current);
        const Ball at_centre = value_at(f, middle, options.bits);
        if (at_centre.is_finite() && at_centre.certainly_at_most(zero) && !at_centre.contains_zero()) {
            result.counterexample = middle;
            result.failure = "the value there is about " + std::to_string(at_centre.midpoint());
            return result;
        }
        auto [left, right] = halves(current, box);
        open.push(std::move(left));
        open.push(std::move(right));
    }
    result.certified = true;
    return result;
}

Interval certified_maximum(const BallFunction& f, const Box& box, const Rational& tolerance,
                           const EnclosureOptions& options) {
    require_proper(box);
    const auto upper_end = [](const Ball& x) { return Rational(x.exact_midpoint() + x.exact_radius()); };
    const auto lower_end = [](const Ball& x) { return Rational(x.exact_midpoint() - x.exact_radius()); };
    struct Candidate {
        Rational upper;
        bool bounded;
        Box box;
        bool operator<(const Candidate& other) const {
            if (bounded != other.bounded) return bounded;
            return upper < other.upper;
        }
    };
    std::optional<Rational> lower;
    std::priority_queue<Candidate> open;
    const auto look_at = [&](Box part) {
        const Ball value = f(enclosed(part, options.bits));
        const Ball at_centre = value_at(f, centre(part), options.bits);
        if (at_centre.is_finite() && (!lower || lower_end(at_centre) > *lower)) lower = lower_end(at_centre);
        const bool bounded = value.is_finite();
        open.push({bounded ? upper_end(value) : Rational(0), bounded, std::move(part)});
    };
    look_at(box);
    for (long boxes = 1; boxes <= options.most_boxes; boxes += 2) {
        const Candidate worst = open.top();
        if (lower && worst.bounded && worst.upper - *lower <= tolerance) return {*lower, worst.upper};
        open.pop();
        auto [left, right] = halves(worst.box, box);
        look_at(std::move(left));
        look_at(std::move(right));
    }
    throw Unreachable("certified_maximum: the tolerance " + to_string(tolerance) + " takes more than " +
                      std::to_string(options.most_boxes) + " boxes");
}

}  // namespace ntk::proofs
