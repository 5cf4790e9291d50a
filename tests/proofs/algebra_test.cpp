// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/derivation.hpp"
#include "proofs-checks/engine/gamma_term.hpp"
#include "proofs-checks/engine/power_series.hpp"

#include <doctest/doctest.h>

using namespace ntk::proofs;
using ntk::Rational;

namespace {

const Polynomial k = Polynomial::symbol("k");
const Polynomial d = Polynomial::symbol("d");

}  // namespace

TEST_CASE("polynomials: arithmetic in different symbols, division, degrees, text") {
    const Polynomial p = pow(k + d, 2) - pow(k - d, 2);
    CHECK(p == Polynomial(4) * k * d);
    CHECK_FALSE(p == Polynomial(4) * k * k);
    CHECK((p - p).is_zero());
    CHECK(Polynomial(Rational(1, 2)).constant() == Rational(1, 2));
    CHECK_THROWS_AS(k.constant(), std::domain_error);
    CHECK_THROWS_AS(Polynomial::symbol(""), std::domain_error);
    CHECK(p.degree("k") == 1);
    CHECK(p.degree("t") == 0);
    CHECK((p + k * k).coefficient("k", 1) == Polynomial(4) * d);
    CHECK((k - k + d).symbols() == std::vector<std::string>{"d"});
    CHECK(p.evaluate({{"k", 3}, {"d", Rational(1, 2)}}) == 6);
    CHECK_THROWS_AS(p.evaluate({{"k", 3}}), std::domain_error);
    CHECK(p.substitute({{"k", d}, {"d", k}}) == p);
    CHECK(p.substitute({{"k", k + Polynomial(2)}}) == p + Polynomial(8) * d);
    CHECK(pow(k, 3).derivative("k") == Polynomial(3) * k * k);
    CHECK(gcd(k * k - d * d, k * k - k * d) == d - k);
    CHECK(*quotient(k * k - d * d, k + d) == k - d);
    CHECK_FALSE(quotient(k * k + d * d, k + d).has_value());
    CHECK((k * d + Polynomial(1)).has_nonnegative_coefficients());
    CHECK_FALSE((k * d - Polynomial(1)).has_nonnegative_coefficients());
    CHECK(to_string(Polynomial(Rational(-1, 2)) + k * k) == "k^2 - 1/2");
    CHECK(to_string(Polynomial()) == "0");
}

TEST_CASE("rational functions: lowest terms, shift, substitution by quotients, poles") {
    const RationalFunction f(k * k - Polynomial(1), k + Polynomial(1));
    CHECK(f.is_polynomial());
    CHECK(f == RationalFunction(k) - 1);
    const RationalFunction g = RationalFunction(1) / RationalFunction(k);
    CHECK(g.shift("k", 1) - g == RationalFunction(-1) / RationalFunction(k * k + k));
    CHECK(g.substitute({{"k", g}}) == RationalFunction(k));
    CHECK(g.derivative("k") == -pow(RationalFunction(k), -2));
    CHECK_FALSE(g.evaluate({{"k", 0}}).has_value());
    CHECK(*g.evaluate({{"k", 4}}) == Rational(1, 4));
    CHECK_THROWS_AS(RationalFunction(1) / RationalFunction(0), std::domain_error);
}

TEST_CASE("derivations: e^{-mu t} and its product with t") {
    const Polynomial t = Polynomial::symbol("t");
    const Polynomial e = Polynomial::symbol("E");
    const Derivation by_time({{"t", 1}, {"E", -k * e}});
    CHECK(by_time(t * e) == RationalFunction(e - k * t * e));
    CHECK(by_time(RationalFunction(1) / RationalFunction(e)) == RationalFunction(k) / RationalFunction(e));
}

TEST_CASE("free algebra: order of letters, Leibniz' rule, substitution") {
    const FreeElement a = FreeElement::letter("A");
    const FreeElement b = FreeElement::letter("B");
    CHECK_FALSE(a * b == b * a);
    CHECK((a + b) * (a - b) == a * a - a * b + b * a - b * b);
    CHECK((a * b).derive({{"A", b}, {"B", a}}) == b * b + a * a);
    CHECK((a * b).substitute({{"A", b}, {"B", a}}) == b * a);
    CHECK((a - a).is_zero());
    CHECK(to_string(FreeElement(2) * a * b) == "(2) A B");
}

TEST_CASE("power series: exponentials, convolution, flow") {
    const FreeElement a = FreeElement::letter("A");
    const FreeElement b = FreeElement::letter("B");
    const PowerSeries e = PowerSeries::exponential(a, 5);
    const PowerSeries inverse = PowerSeries::exponential(-a, 5);
    for (unsigned i = 0; i <= 5; ++i) CHECK((e * inverse).coefficient(i) == FreeElement(i == 0 ? 1 : 0));
    // e^{At} e^{Bt} is not e^{(A+B)t} from the order 2 on.
    const PowerSeries product = e * PowerSeries::exponential(b, 5);
    CHECK(product.coefficient(1) == PowerSeries::exponential(a + b, 5).coefficient(1));
    CHECK_FALSE(product.coefficient(2) == PowerSeries::exponential(a + b, 5).coefficient(2));
    // int_0^t e^{-A(t-s)} A ds = 1 - e^{-At}.
    const PowerSeries integral = convolution(inverse, PowerSeries::constant(a, 5));
    for (unsigned i = 0; i <= 5; ++i) {
        CHECK(integral.coefficient(i) == (PowerSeries::constant(1, 5) - inverse).coefficient(i));
    }
    const PowerSeries r = linear_flow(PowerSeries::constant(a, 4), b);
    for (unsigned i = 0; i <= 5; ++i) CHECK(r.coefficient(i) == inverse.coefficient(i) * b);
    CHECK(r.derivative().coefficient(4) == -(a * r.coefficient(4)));
    CHECK_THROWS_AS(r.coefficient(9), std::domain_error);
}

TEST_CASE("Gamma terms: functional equation, exact numbers, ratios, what is no rational function") {
    const GammaTerm half = GammaTerm::gamma(k * Rational(1, 2));
    CHECK(half.ratio("k", 2) == RationalFunction(k * Rational(1, 2)));
    CHECK_THROWS_AS(half.ratio("k", 1), std::domain_error);
    CHECK(GammaTerm::gamma(5) == GammaTerm(24));
    CHECK(GammaTerm::gamma(Rational(1, 2)) == GammaTerm::pi_power(1));
    CHECK(GammaTerm::gamma(Rational(-1, 2)) == GammaTerm(-2) * GammaTerm::pi_power(1));
    CHECK(GammaTerm::gamma(Rational(7, 2)) == GammaTerm(RationalFunction(Rational(15, 8))) * GammaTerm::pi_power(1));
    CHECK_THROWS_AS(GammaTerm::gamma(0), std::domain_error);
    CHECK_THROWS_AS(GammaTerm::gamma(k * k), std::domain_error);
    const GammaTerm binomial = GammaTerm::gamma(d + Polynomial(1)) / GammaTerm::gamma(k + Polynomial(1)) /
                               GammaTerm::gamma(d - k + Polynomial(1));
    CHECK(binomial.ratio("k", 1) == RationalFunction(d - k, k + Polynomial(1)));
    CHECK(binomial.substitute({{"d", 5}, {"k", 2}}) == GammaTerm(10));
    const GammaTerm power = GammaTerm::power(2, k + Polynomial(3));
    CHECK(power.ratio("k", 1) == RationalFunction(2));
    CHECK(power / GammaTerm::power(2, k) == GammaTerm(8));
    CHECK(GammaTerm::power(-1, k).ratio("k", 2) == RationalFunction(1));
    CHECK(GammaTerm::power(-1, k) * GammaTerm::power(-1, k) == GammaTerm(1));
    CHECK_THROWS_AS(GammaTerm::power(4, k), std::domain_error);
}
