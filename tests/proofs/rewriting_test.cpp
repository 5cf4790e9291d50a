// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/rewriting.hpp"

#include "proofs-checks/engine/enclosure.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace ntk::proofs;
using ntk::Ball;
using ntk::Rational;

TEST_CASE("rewriting: relations are applied until no word is left") {
    const std::vector<Relation> relations = {{{"A", "B"}, product_of({"B", "A"})}, {{"A", "A"}, FreeElement(2)}};
    CHECK(rewrite(product_of({"A", "B", "A"}), relations) == FreeElement(2) * FreeElement::letter("B"));
    CHECK(rewrite(product_of({"C", "A"}), relations) == product_of({"C", "A"}));
    CHECK(rewrite(FreeElement(3), relations) == FreeElement(3));
    CHECK(rewrite(FreeElement(), relations).is_zero());
    CHECK(product_of({}) == FreeElement(1));
    // Terms that become equal add up.
    CHECK(rewrite(product_of({"A", "B"}) - product_of({"B", "A"}), relations).is_zero());
    CHECK_THROWS_AS(rewrite(FreeElement::letter("A"), {{{"A"}, FreeElement::letter("A")}}), std::logic_error);
}

TEST_CASE("polynomials at enclosures contain the value at every point") {
    const Polynomial x = Polynomial::symbol("x"), y = Polynomial::symbol("y");
    const Polynomial p = x * x * y - Polynomial(3) * x + Polynomial(Rational(1, 2));
    const Ball exact = enclose(p, {{"x", Ball(2, 64)}, {"y", Ball(5, 64)}}, 64);
    CHECK(exact.contains(Rational(29, 2)));
    CHECK(exact.radius() < 1e-15);
    const BallPoint wide = {{"x", hull(Ball(0, 64), Ball(2, 64))}, {"y", Ball(5, 64)}};
    const Ball image = enclose(p, wide, 64);
    for (const Rational& at : {Rational(0), Rational(3, 10), Rational(2)}) {
        CHECK(image.contains(p.evaluate({{"x", at}, {"y", 5}})));
    }
    CHECK_FALSE(image.contains(40));
    CHECK(enclose(Polynomial(7), {}, 64).contains(7));
}
