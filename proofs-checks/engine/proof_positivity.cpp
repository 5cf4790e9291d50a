// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/proof_support.hpp"

#include <algorithm>

/// The steps of Proof that show inequalities.
namespace ntk::proofs {

Polynomial Proof::moved_to_origin(const Polynomial& p) const {
    Polynomial moved = p;
    for (const std::string& name : p.symbols()) {
        const auto place = std::find_if(parameters_.begin(), parameters_.end(),
                                        [&](const auto& parameter) { return parameter.first == name; });
        if (place == parameters_.end()) {
            throw std::logic_error("positivity: the symbol " + name + " was not declared by given()");
        }
        const Polynomial x = Polynomial::symbol(name);
        const Range& range = place->second;
        if (range.lower && range.upper) {
            // (1+y)^n p((lower + upper y)/(1+y)) has the sign of p on [lower, upper), and by continuity at upper.
            const int degree = static_cast<int>(moved.degree(name));
            Polynomial sum;
            for (int i = 0; i <= degree; ++i) {
                sum += moved.coefficient(name, static_cast<unsigned>(i)) *
                       pow(Polynomial(*range.lower) + Polynomial(*range.upper) * x, i) *
                       pow(Polynomial(1) + x, degree - i);
            }
            moved = sum;
        } else if (range.lower) {
            moved = moved.substitute({{name, x + Polynomial(*range.lower)}});
        } else if (range.upper) {
            moved = moved.substitute({{name, Polynomial(*range.upper) - x}});
        } else if (moved.degree(name) > 0) {
            throw std::logic_error("positivity: the symbol " + name + " has no bound: use sum_of_squares");
        }
    }
    return moved;
}

bool Proof::is_positive_term(const Polynomial::Term& term) const {
    return std::all_of(term.exponents.begin(), term.exponents.end(), [&](const auto& factor) {
        const auto place = std::find_if(parameters_.begin(), parameters_.end(),
                                        [&](const auto& parameter) { return parameter.first == factor.first; });
        return place->second.is_strict;
    });
}

bool Proof::has_sign(const Polynomial& p, bool strictly) const {
    const Polynomial moved = moved_to_origin(p);
    if (!moved.has_nonnegative_coefficients()) return false;
    if (!strictly) return true;
    const std::vector<Polynomial::Term> terms = moved.terms();
    if (std::none_of(terms.begin(), terms.end(), [&](const auto& term) { return is_positive_term(term); }))
        return false;
    // The map to [0, infinity) leaves out the upper ends of intervals.
    return std::all_of(parameters_.begin(), parameters_.end(), [&](const auto& parameter) {
        const auto& [name, range] = parameter;
        if (!range.lower || !range.upper || p.degree(name) == 0) return true;
        return has_sign(p.substitute({{name, Polynomial(*range.upper)}}), true);
    });
}

void Proof::require_sign(const std::string& claim, const Polynomial& p, bool strictly) {
    record(Method::positivity, p.symbols());
    if (has_sign(p, strictly)) return;
    const std::string found = search(p.symbols(), [&](const Point& point) -> std::optional<std::string> {
        const Rational value = p.evaluate(point);
        if (value > 0 || (value == 0 && !strictly)) return std::nullopt;
        return "value " + to_string(value);
    });
    reject(claim, std::string("not shown to be ") + (strictly ? "> 0" : ">= 0") + " on the range", found);
}

void Proof::require_sign(const std::string& claim, const RationalFunction& f, bool strictly) {
    const std::vector<std::string> symbols = f.symbols();
    const std::string found = search(symbols, [&](const Point& point) -> std::optional<std::string> {
        const std::optional<Rational> value = f.evaluate(point);
        if (value && (*value > 0 || (*value == 0 && !strictly))) return std::nullopt;
        return value ? "value " + to_string(*value) : "the denominator vanishes";
    });
    if (!found.empty()) {
        record(Method::positivity, symbols);
        reject(claim, std::string("not ") + (strictly ? "> 0" : ">= 0") + " on the range", found);
    }
    // The denominator is positive or negative throughout; its value somewhere in the range tells which.
    Point somewhere;
    for (const auto& [name, range] : parameters_) {
        const std::vector<Rational> values = samples(range);
        somewhere.emplace(name, values.front());
    }
    const bool flip = !f.denominator().is_constant() && f.denominator().evaluate(somewhere) < 0;
    require_sign(claim + " (denominator)", flip ? -f.denominator() : f.denominator(), true);
    require_sign(claim, flip ? -f.numerator() : f.numerator(), strictly);
}

void Proof::nonnegative(const std::string& claim, const Polynomial& p) { require_sign(claim, p, false); }
void Proof::positive(const std::string& claim, const Polynomial& p) { require_sign(claim, p, true); }
void Proof::nonnegative(const std::string& claim, const RationalFunction& f) { require_sign(claim, f, false); }
void Proof::positive(const std::string& claim, const RationalFunction& f) { require_sign(claim, f, true); }

void Proof::at_most(const std::string& claim, const Polynomial& left, const Polynomial& right) {
    for (const Polynomial* side : {&left, &right}) {
        for (const std::string& name : side->symbols()) symbols_.insert(name);
    }
    require_sign(claim, right - left, false);
}

void Proof::sum_of_squares(const std::string& claim, const Polynomial& p, const std::vector<WeightedSquare>& squares) {
    Polynomial sum;
    for (const WeightedSquare& square : squares) sum += square.weight * square.square * square.square;
    record(Method::positivity, p.symbols());
    if (!(sum == p)) {
        const std::string found = search(p.symbols(), [&](const Point& point) -> std::optional<std::string> {
            const Rational value = p.evaluate(point);
            if (value >= 0) return std::nullopt;
            return "value " + to_string(value);
        });
        reject(claim, "the squares do not add up to it, the difference is " + to_string(p - sum), found);
    }
    for (const WeightedSquare& square : squares) require_sign(claim + " (weight of a square)", square.weight, false);
}

Polynomial Proof::majorant(const Polynomial& p) const {
    std::map<std::string, Polynomial> sizes;
    for (const std::string& name : p.symbols()) {
        const auto known =
            std::find_if(bounded_.begin(), bounded_.end(), [&](const auto& entry) { return entry.first == name; });
        const Polynomial size = known == bounded_.end() ? Polynomial::symbol(name) : known->second;
        if (!has_sign(size, false)) throw std::logic_error("Proof::bounded: " + name + " has no bound");
        sizes.emplace(name, size);
    }
    Polynomial sum;
    for (const Polynomial::Term& term : p.terms()) {
        Polynomial product(term.coefficient < 0 ? Rational(-term.coefficient) : term.coefficient);
        for (const auto& [name, exponent] : term.exponents) product *= pow(sizes.at(name), static_cast<int>(exponent));
        sum += product;
    }
    return sum;
}

std::string Proof::search_beyond(const Polynomial& p, const Polynomial& bound) const {
    std::vector<std::string> free = bound.symbols();
    for (const std::string& name : majorant(p).symbols()) add_once(free, name);
    return search(free, [&](const Point& sizes) -> std::optional<std::string> {
        Point point = sizes;
        for (const auto& [name, size] : bounded_) {
            if (p.degree(name) > 0) point[name] = size.evaluate(sizes);
        }
        const auto value = [&] { return Rational(abs(p.evaluate(point))); };
        // p is mostly linear in each symbol: signs turned one by one lead to a large value.
        Rational largest = value();
        for (const auto& [name, size] : bounded_) {
            if (p.degree(name) == 0) continue;
            point[name] = -point[name];
            const Rational turned = value();
            if (turned > largest) {
                largest = turned;
            } else {
                point[name] = -point[name];
            }
        }
        const Rational allowed = bound.evaluate(sizes);
        if (largest <= allowed) return std::nullopt;
        std::string signs;
        for (const auto& [name, size] : bounded_) {
            if (p.degree(name) > 0) signs += name + " = " + to_string(point[name]) + ", ";
        }
        return signs + "absolute value " + to_string(largest) + ", bound " + to_string(allowed);
    });
}

void Proof::bounded(const std::string& claim, const Polynomial& p, const Polynomial& bound) {
    std::vector<std::string> symbols = p.symbols();
    const Polynomial largest = majorant(p);
    for (const Polynomial* side : {&largest, &bound}) {
        for (const std::string& name : side->symbols()) add_once(symbols, name);
    }
    record(Method::positivity, symbols);
    if (has_sign(bound - largest, false)) return;
    reject(claim, "the triangle inequality gives " + to_string(largest) + " at most", search_beyond(p, bound));
}

}  // namespace ntk::proofs
