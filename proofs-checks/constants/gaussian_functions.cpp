// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/activation.hpp"
#include "proofs-checks/constants/line_function.hpp"
#include "proofs-checks/constants/obligations.hpp"

#include <cmath>

namespace ntk::proofs {

namespace {

/// erf and e^{-z^2/2} and GELU, with E the bell e^{-z^2} or e^{-z^2/2}, its height K, and Phi the distribution of K E.
struct Bell {
    std::string name;
    LineFunction function;
    std::vector<std::vector<Peak>> peaks;  ///< for L_1, L_2, L_3
};

/// E' = -rate z E, Phi' = K E.
Bell bell(const std::string& name, const RationalFunction& sigma, long rate, std::vector<std::vector<Peak>> peaks) {
    using Symbol = RationalFunction;
    const Symbol z = Symbol::symbol("z"), e = Symbol::symbol("E"), k = Symbol::symbol("K"), tau = Symbol::symbol("tau");
    const Derivation derivation({{"z", 1}, {"E", Symbol(-rate) * z * e}, {"Phi", k * e}});
    LineFunction function;
    function.derivatives = five_derivatives(sigma, derivation);
    function.symbols = [rate](const Ball& at) {
        const Ball pi = Ball::pi(at.bits());
        const Ball e_at = exp(-(rate * pow(at, 2)) / 2);
        const Ball height = rate == 2 ? 2 / sqrt(pi) : 1 / sqrt(2 * pi);
        const Ball root_two = sqrt(Ball(2, at.bits()));
        const Ball phi = rate == 2 ? erf(at) : (1 + erf(at / root_two)) / 2;
        return BallPoint{{"z", at}, {"E", e_at}, {"K", height}, {"Phi", phi}};
    };
    function.right = {{"z", tau}};
    function.left = {{"z", -tau}};
    function.far = 6;
    return {name, std::move(function), std::move(peaks)};
}

Rational digits(const char* text) { return parse_rational(text); }

std::vector<Bell> bells(const Variant& variant) {
    using Symbol = RationalFunction;
    const Symbol z = Symbol::symbol("z"), e = Symbol::symbol("E"), phi = Symbol::symbol("Phi");
    const Rational root_half = digits("0.70710678118655"), root_two = digits("1.4142135623731");
    const Rational gelu_third = digits("0.79228699139"), gaussian_third = digits("0.74196378430");
    return {bell("erf", phi, 2, {{{0, 1}}, {{-root_half, 1}, {root_half, -1}}, {{0, -1}}}),
            bell("gaussian", e, variant.pick("exponent", 2L, 1L),
                 {{{-1, 1}, {1, -1}}, {{0, -1}}, {{-gaussian_third, -1}, {gaussian_third, 1}}}),
            bell("gelu", z * phi, 1, {{{root_two, 1}}, {{0, 1}}, {{-gelu_third, 1}, {gelu_third, -1}}})};
}

}  // namespace

/// erf = Phi with Phi' = K e^{-z^2}, K = 2/sqrt(pi); for the others Phi is the normal distribution, K = 1/sqrt(2 pi).
/// Values of sigma itself: erf and e^{-z^2/2} lie in [-1,1] and come close to 1, z Phi(z) >= z/2 for z >= 0.
Obligation constants_of_gaussian_functions() {
    return {
        "constants-of-erf-gaussian-gelu",
        "The constants of erf, e^{-z²/2} and GELU in the library are bounds over the whole line, and exceed the "
        "suprema by less than 2^-40 of them.",
        "sup |sigma'| <= L_1, sup |sigma''| <= L_2, sup |sigma'''| <= L_3, |sigma(0)| = c_0, sup |sigma| = c_infinity",
        "Activations",
        {{"small", Change::constant, "L_2 smaller by a factor 1 - 2^-30"},
         {"large", Change::constant, "L_3 larger by a factor 1 + 2^-30"},
         {"exponent", Change::exponent, "e^{-z²} in the place of e^{-z²/2}"},
         {"bounded", Change::hypothesis, "claims a bound of |erf| although erf is replaced by z Phi"}},
        [](Proof& proof, const Variant& variant) {
            proof.given("z", any_real());
            proof.given("tau", real_at_least(6));
            proof.function("K", between(0, 2), {});
            const Polynomial e = proof.function("E", between(0, 1), {"tau"});
            const Polynomial phi = proof.function("Phi", between(0, 1), {"tau"});
            const Polynomial x = proof.given("x", real_at_least(0));
            const Rational nudge(1, 1L << 30);
            proof.in_cases("activation", {"erf", "gaussian", "gelu"}, [&](const std::string& name) {
                const std::vector<Bell> all = bells(variant);
                const Bell& one = all[name == "erf" ? 0 : name == "gaussian" ? 1 : 2];
                const ActivationConstants constants = make_activation(name)->constants();
                prove_supremum(proof, one.function, 1, exact(constants.L1), one.peaks[0]);
                prove_supremum(proof, one.function, 2,
                               exact(constants.L2) * variant.pick("small", Rational(1 - nudge), Rational(1)),
                               one.peaks[1]);
                prove_supremum(proof, one.function, 3,
                               exact(constants.L3) * variant.pick("large", Rational(1 + nudge), Rational(1)),
                               one.peaks[2]);
                const BallPoint origin = one.function.symbols(Ball(0, 64));
                proof.number("c_0", exact(constants.c0),
                             abs(enclose(one.function.derivatives[0], origin, 64)).exact_midpoint());
                if (std::isfinite(constants.c_infinity)) {
                    // erf is 2 Phi - 1 for some distribution function Phi.
                    const Polynomial value =
                        name == "gaussian" ? e : variant.pick("bounded", x * phi, Polynomial(2) * phi - Polynomial(1));
                    const Polynomial bound = exact(constants.c_infinity);
                    proof.nonnegative("sigma <= c_infinity", bound - value);
                    proof.nonnegative("-sigma <= c_infinity", bound + value);
                    const Rational far = name == "gaussian" ? Rational(0) : Rational(6);
                    proof.enclosure("c_infinity is tight", Box{{"z", {far, far}}}, [&](const BallPoint& point) {
                        return enclose(one.function.derivatives[0], one.function.symbols(point.at("z")), 96) -
                               Ball(Rational(tight() * exact(constants.c_infinity)), 96);
                    });
                } else {
                    // Phi >= 1/2 on the right: Phi = 1/2 + (a number in [0, 1/2]).
                    const Polynomial upper = (Polynomial(1) + phi) * Polynomial(Rational(1, 2));
                    proof.nonnegative("no bound: sigma(x) >= x/2 for x >= 0",
                                      x * upper - Polynomial(Rational(1, 2)) * x);
                }
            });
        }};
}

}  // namespace ntk::proofs
