// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/constants/line_function.hpp"

namespace ntk::proofs {
namespace {

constexpr long bits = 96;

std::string name_of(std::size_t order) { return "sigma^(" + std::to_string(order) + ")"; }

/// The end of a ball on the far side of zero, rounded down to something short.
Rational half_of(const Ball& x) { return Rational(static_cast<long>(x.midpoint() * 512)) / 1024; }

}  // namespace

std::vector<Polynomial> five_derivatives(const RationalFunction& sigma, const Derivation& derivation) {
    std::vector<Polynomial> all;
    RationalFunction f = sigma;
    for (int order = 0; order <= 5; ++order) {
        if (!f.is_polynomial()) throw std::logic_error("five_derivatives: expected polynomials");
        all.push_back(f.numerator() * Polynomial(Rational(1) / f.denominator().constant()));
        f = derivation(f);
    }
    return all;
}

Rational exact(double x) { return Ball::from_double(x, 64).exact_midpoint(); }

Rational tight() { return 1 - Rational(1, 1L << 40); }

void prove_root(Proof& proof, const std::string& claim, const Rational& bound, const Rational& square) {
    proof.nonnegative(claim + " is a bound", Polynomial(Rational(bound * bound - square)));
    const Rational below = tight() * bound;
    proof.nonnegative(claim + " is tight", Polynomial(Rational(square - below * below)));
}

void prove_supremum(Proof& proof, const LineFunction& function, std::size_t order, const Rational& bound,
                    const std::vector<Peak>& peaks) {
    const std::string name = name_of(order);
    const Polynomial &g = function.derivatives[order], &slope = function.derivatives[order + 1],
                     &curvature = function.derivatives[order + 2];
    const auto at = [&](const Polynomial& p, const Ball& z) { return enclose(p, function.symbols(z), bits); };
    const auto on = [](const Rational& lower, const Rational& upper) { return Box{{"z", {lower, upper}}}; };
    const Rational width(1, 16);

    Rational begin = -function.far;
    const auto enclose_until = [&](const Rational& end) {
        for (const long sign : {1L, -1L}) {
            proof.enclosure("|" + name + "| is at most the constant between the peaks", on(begin, end),
                            [&](const BallPoint& point) { return Ball(bound, bits) - sign * at(g, point.at("z")); });
        }
    };
    for (const Peak& peak : peaks) {
        const long sign = peak.sign;
        const Ball centre(peak.at, bits);
        const Rational bend = half_of(-(sign * at(curvature, centre)));
        enclose_until(peak.at - width);
        begin = peak.at + width;
        proof.enclosure(
            name + " is concave (or convex) around the peak", on(peak.at - width, begin),
            [&](const BallPoint& point) { return -(sign * at(curvature, point.at("z"))) - Ball(bend, bits); });
        proof.enclosure("the peak is at most the constant", on(peak.at, peak.at), [&](const BallPoint& point) {
            const Ball at_slope = at(slope, point.at("z"));
            return Ball(bound, bits) - sign * at(g, point.at("z")) - at_slope * at_slope / Ball(2 * bend, bits);
        });
        // On the other side |g| is small there.
        proof.enclosure("the sign of the peak", on(peak.at - width, begin),
                        [&](const BallPoint& point) { return sign * at(g, point.at("z")) + Ball(bound, bits); });
    }
    enclose_until(function.far);
    proof.uses("concave-maximum");
    const Peak& first = peaks.front();
    proof.enclosure("the constant is tight", on(first.at, first.at), [&](const BallPoint& point) {
        return static_cast<long>(first.sign) * at(g, point.at("z")) - Ball(Rational(tight() * bound), bits);
    });
    for (const long direction : {1L, -1L}) {
        const auto& tail = direction == 1 ? function.right : function.left;
        const std::string place = name + (direction == 1 ? " for z >= " : " for z <= -") + to_string(function.far);
        const RationalFunction value = RationalFunction(g).substitute(tail);
        const RationalFunction rise = RationalFunction(direction) * RationalFunction(slope).substitute(tail);
        const bool falls = (direction * at(slope, Ball(Rational(direction * function.far), bits))).midpoint() < 0;
        proof.nonnegative(place + " is monotone", falls ? -rise : rise);
        proof.nonnegative(place + " stays on one side",
                          falls ? value + RationalFunction(bound) : RationalFunction(bound) - value);
    }
    proof.uses("mean-value-theorem");
}

}  // namespace ntk::proofs
