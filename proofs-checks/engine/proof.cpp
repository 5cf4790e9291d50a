// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/proof.hpp"

#include "proofs-checks/engine/proof_support.hpp"

#include <algorithm>

namespace ntk::proofs {

Range integer_at_least(long lower) { return {Rational(lower), std::nullopt, true, false}; }
Range real_at_least(const Rational& lower) { return {lower, std::nullopt, false, false}; }
Range positive() { return {Rational(0), std::nullopt, false, true}; }
Range between(const Rational& lower, const Rational& upper) {
    if (lower >= upper) throw std::logic_error("between: expected a lower end below the upper");
    return {lower, upper, false, false};
}
Range any_real() { return {}; }

namespace {

/// The symbols in the coefficients of two elements of the free algebra.
std::vector<std::string> commuting_symbols(const FreeElement& x, const FreeElement& y) {
    std::vector<std::string> symbols;
    for (const FreeElement* side : {&x, &y}) {
        for (const auto& [word, coefficient] : side->terms()) {
            for (const std::string& name : coefficient.symbols()) add_once(symbols, name);
        }
    }
    return symbols;
}

}  // namespace

Polynomial Proof::given(const std::string& symbol, const Range& range) {
    for (const auto& [name, other] : parameters_) {
        if (name == symbol) throw std::logic_error("Proof::given: " + symbol + " is declared twice");
    }
    parameters_.emplace_back(symbol, range);
    return Polynomial::symbol(symbol);
}

Polynomial Proof::function(const std::string& symbol, const Range& range, const std::vector<std::string>& of) {
    functions_[symbol] = of;
    return given(symbol, range);
}

Polynomial Proof::within(const std::string& symbol, const Polynomial& bound) {
    given(symbol, any_real());
    if (!has_sign(bound, false)) throw std::logic_error("Proof::within: the bound of " + symbol + " may be negative");
    bounded_.emplace_back(symbol, bound);
    return Polynomial::symbol(symbol);
}

void Proof::given(const std::string& letters, const std::string& what) { described_.emplace_back(letters, what); }

void Proof::record(Method method, const std::vector<std::string>& symbols) {
    methods_.insert(method);
    symbols_.insert(symbols.begin(), symbols.end());
    ++steps_;
}

std::string Proof::place() const {
    std::string text;
    for (const auto& [name, value] : current_)
        text += (text.empty() ? "" : ", ") + name + " = " + std::to_string(value);
    return text;
}

void Proof::reject(const std::string& claim, const std::string& reason, const std::string& counterexample) const {
    std::string where = place();
    if (!where.empty() && !counterexample.empty()) where += ", ";
    throw Rejected(claim + ": " + reason, where + counterexample);
}

std::string Proof::search(const std::vector<std::string>& symbols, const Search& failure) const {
    std::vector<std::pair<std::string, std::vector<Rational>>> choices;
    for (const std::string& name : symbols) {
        const auto place = std::find_if(parameters_.begin(), parameters_.end(),
                                        [&](const auto& parameter) { return parameter.first == name; });
        choices.emplace_back(name, samples(place == parameters_.end() ? any_real() : place->second));
    }
    double combinations = 1;
    for (const auto& [name, values] : choices) combinations *= static_cast<double>(values.size());
    constexpr std::size_t most = 4000;
    // All combinations if they are few; else each symbol walks through its values at a pace of its own.
    for (std::size_t i = 0; i < most; ++i) {
        if (static_cast<double>(i) >= combinations) break;
        Point point;
        std::size_t rest = i;
        std::size_t pace = 1;
        for (const auto& [name, values] : choices) {
            const std::size_t which =
                combinations <= static_cast<double>(most) ? rest % values.size() : (i * pace + i / 7) % values.size();
            rest /= values.size();
            pace += 2;
            point.emplace(name, values[which]);
        }
        if (const std::optional<std::string> said = failure(point)) {
            return describe(point) + (point.empty() ? "" : ": ") + *said;
        }
    }
    return "";
}

void Proof::identity(const std::string& claim, const RationalFunction& left, const RationalFunction& right) {
    const RationalFunction difference = left - right;
    std::vector<std::string> symbols = left.symbols();
    for (const std::string& name : right.symbols()) add_once(symbols, name);
    record(Method::identity, symbols);
    if (difference.is_zero()) return;
    const std::string found = search(symbols, [&](const Point& point) -> std::optional<std::string> {
        const std::optional<Rational> x = left.evaluate(point);
        const std::optional<Rational> y = right.evaluate(point);
        if (!x || !y || *x == *y) return std::nullopt;
        return "left side " + to_string(*x) + ", right side " + to_string(*y);
    });
    reject(claim, "the sides differ", found);
}

void Proof::gamma_identity(const std::string& claim, const GammaTerm& left, const GammaTerm& right) {
    std::vector<std::string> symbols = left.symbols();
    for (const std::string& name : right.symbols()) add_once(symbols, name);
    record(Method::gamma_identity, symbols);
    if (left == right) return;
    const std::optional<RationalFunction> factor =
        left.factor().is_zero() || right.factor().is_zero() ? std::nullopt : (left / right).rational();
    if (!factor) reject(claim, "left side " + to_string(left) + ", right side " + to_string(right));
    const std::string found = search(factor->symbols(), [&](const Point& point) -> std::optional<std::string> {
        const std::optional<Rational> value = factor->evaluate(point);
        if (!value || *value == 1) return std::nullopt;
        return "left side = " + to_string(*value) + " times right side";
    });
    reject(claim, "left side = " + to_string(*factor) + " times right side", found);
}

void Proof::algebra(const std::string& claim, const FreeElement& left, const FreeElement& right) {
    record(Method::algebra, commuting_symbols(left, right));
    // Different elements of the free algebra differ on matrices of some size already (no polynomial identity holds for
    // all).
    const FreeElement difference = left - right;
    if (!difference.is_zero()) {
        reject(claim, "the sides differ",
               "left side - right side = " + to_string(difference) + ", not 0 for all matrices");
    }
}

void Proof::telescoping(const std::string& claim, const GammaTerm& term, const std::string& n, const std::string& j,
                        const std::vector<RationalFunction>& coefficients, const RationalFunction& certificate) {
    RationalFunction left;
    for (std::size_t i = 0; i < coefficients.size(); ++i) {
        left += coefficients[i] * (i == 0 ? RationalFunction(1) : term.ratio(n, static_cast<long>(i)));
    }
    const RationalFunction right = certificate.shift(j, 1) * term.ratio(j, 1) - certificate;
    std::vector<std::string> symbols = term.symbols();
    for (const std::string& name : left.symbols()) add_once(symbols, name);
    for (const std::string& name : right.symbols()) add_once(symbols, name);
    record(Method::recurrence, symbols);
    if (left == right) return;
    const std::string found = search(symbols, [&](const Point& point) -> std::optional<std::string> {
        const std::optional<Rational> x = left.evaluate(point);
        const std::optional<Rational> y = right.evaluate(point);
        if (!x || !y || *x == *y) return std::nullopt;
        return "left side " + to_string(*x) + ", right side " + to_string(*y);
    });
    reject(claim, "the certificate does not telescope", found);
}

void Proof::same_recurrence(const std::string& claim, const RationalFunction& left_ratio,
                            const RationalFunction& right_ratio, const std::vector<GammaTerm>& left_start,
                            const std::vector<GammaTerm>& right_start) {
    if (left_start.size() != right_start.size() || left_start.empty()) {
        throw std::logic_error("same_recurrence: expected equally many initial values, at least one");
    }
    std::vector<std::string> symbols = left_ratio.symbols();
    for (const std::string& name : right_ratio.symbols()) add_once(symbols, name);
    record(Method::recurrence, symbols);
    identity(claim + ": ratios", left_ratio, right_ratio);
    for (std::size_t i = 0; i < left_start.size(); ++i) {
        gamma_identity(claim + ": initial value " + std::to_string(i), left_start[i], right_start[i]);
    }
}

void Proof::enclosure(const std::string& claim, const Box& box, const BallFunction& f,
                      const EnclosureOptions& options) {
    std::vector<std::string> symbols;
    for (const auto& [name, interval] : box) symbols.push_back(name);
    record(Method::enclosure, symbols);
    const EnclosureResult result = certify_nonnegative(f, box, options);
    if (!result.certified) {
        reject(claim, result.failure,
               result.counterexample ? describe(*result.counterexample) + ": " + result.failure : "");
    }
}

void Proof::maximum(const std::string& claim, const Box& box, const BallFunction& f, const Rational& lower,
                    const Rational& upper, const EnclosureOptions& options) {
    if (lower >= upper) throw std::logic_error("Proof::maximum: expected lower < upper");
    std::vector<std::string> symbols;
    for (const auto& [name, interval] : box) symbols.push_back(name);
    record(Method::enclosure, symbols);
    const Interval found = certified_maximum(f, box, Rational((upper - lower) / 4), options);
    if (found.lower >= lower && found.upper <= upper) return;
    const auto text = [](const Rational& x) { return std::to_string(x.convert_to<double>()); };
    const std::string said = "the maximum lies between " + text(found.lower) + " and " + text(found.upper);
    const bool certain = found.upper < lower || found.lower > upper;
    reject(claim, said, certain ? said : "");
}

void Proof::number(const std::string& claim, const Rational& left, const Rational& right) {
    record(Method::identity, {});
    if (left != right)
        reject(claim, "the sides differ", "left side " + to_string(left) + ", right side " + to_string(right));
}

void Proof::in_cases(const std::string& what, const std::vector<std::string>& cases,
                     const std::function<void(const std::string&)>& body) {
    std::string list;
    for (const std::string& one : cases) list += (list.empty() ? "" : ", ") + one;
    given(what, "each of " + list);
    for (const std::string& one : cases) {
        try {
            body(one);
        } catch (const Rejected& rejection) {
            throw Rejected(one + ": " + rejection.what(),
                           rejection.counterexample.empty() ? "" : one + ": " + rejection.counterexample);
        }
    }
}

void Proof::on_range(const std::string& parameter, long first, long last, const std::function<void(long)>& body) {
    if (first > last) throw std::logic_error("Proof::on_range: " + parameter + ": the range is empty");
    methods_.insert(Method::finite_evaluation);
    run_loop(parameter, first, last, body);
}

void Proof::run_loop(const std::string& parameter, long first, long last, const std::function<void(long)>& body) {
    const auto place =
        std::find_if(finite_.begin(), finite_.end(), [&](const auto& entry) { return entry.first == parameter; });
    if (place == finite_.end()) {
        finite_.emplace_back(parameter, std::pair{first, last});
    } else {
        place->second = {std::min(place->second.first, first), std::max(place->second.second, last)};
    }
    for (long value = first; value <= last; ++value) {
        current_.emplace_back(parameter, value);
        body(value);
        current_.pop_back();
    }
}

void Proof::holds(const std::string& claim, bool is_true, const std::string& detail) {
    if (current_.empty()) throw std::logic_error("Proof::holds: " + claim + ": only inside on_range");
    record(Method::finite_evaluation, {});
    if (!is_true) reject(claim, detail.empty() ? "false" : detail, detail.empty() ? "" : detail);
}

void Proof::power_series(const std::string& claim, const PowerSeries& left, const PowerSeries& right, unsigned order) {
    run_loop("power of t", 0, order, [&](long i) {
        const FreeElement& x = left.coefficient(static_cast<unsigned>(i));
        const FreeElement& y = right.coefficient(static_cast<unsigned>(i));
        record(Method::power_series, commuting_symbols(x, y));
        const FreeElement difference = x - y;
        if (!difference.is_zero()) reject(claim, "the coefficients differ", "difference " + to_string(difference));
    });
}

void Proof::uses(const std::string& node) { add_once(uses_, node); }
void Proof::rests_on_check(const std::string& id) { add_once(uses_, "check:" + id); }
void Proof::observed_by(const std::string& check) { add_once(observers_, "check:" + check); }
void Proof::leaves_open(const std::string& what) { add_once(open_, what); }

void Proof::finish(bool may_compose) const {
    if (steps_ == 0 && !may_compose) throw std::logic_error("the proof has no steps");
    if (steps_ == 0 && uses_.empty() && open_.empty()) throw std::logic_error("the proof puts nothing together");
    std::set<std::string> occurring = symbols_;
    for (const auto& [name, arguments] : functions_) {
        if (symbols_.count(name) > 0) occurring.insert(arguments.begin(), arguments.end());
    }
    for (const std::string& name : occurring) {
        const bool declared = std::any_of(parameters_.begin(), parameters_.end(),
                                          [&](const auto& parameter) { return parameter.first == name; });
        if (!declared) throw std::logic_error("the symbol " + name + " occurs, but is not declared");
    }
    for (const auto& [name, range] : parameters_) {
        if (occurring.count(name) == 0) {
            throw std::logic_error("the parameter " + name + " is declared, but no step contains it as a symbol");
        }
    }
}

Status Proof::status() const {
    if (!open_.empty()) return Status::open;
    return finite_.empty() ? Status::proved : Status::on_range;
}

std::string Proof::range() const {
    if (steps_ == 0) return "that of what it uses";
    std::string symbolic;
    for (const auto& [name, range] : parameters_) {
        const std::string& symbol = name;
        const bool is_bounded =
            std::any_of(bounded_.begin(), bounded_.end(), [&](const auto& entry) { return entry.first == symbol; });
        if (functions_.count(name) > 0 || is_bounded) continue;
        symbolic += (symbolic.empty() ? "all " : ", ") + name;
        if (range.lower && range.upper) {
            symbolic += " in [" + to_string(*range.lower) + ", " + to_string(*range.upper) + "]";
        } else if (range.lower) {
            symbolic += (range.is_strict ? " > " : " ≥ ") + to_string(*range.lower);
        } else if (range.upper) {
            symbolic += (range.is_strict ? " < " : " ≤ ") + to_string(*range.upper);
        }
    }
    for (const auto& [name, bound] : bounded_) {
        if (to_string(bound) == "|" + name + "|") continue;
        symbolic += (symbolic.empty() ? "" : ", ") + std::string("|") + name + "| ≤ " + to_string(bound);
    }
    for (const auto& [letters, what] : described_) {
        symbolic += (symbolic.empty() ? "" : "; ") + letters + ": " + what;
    }
    std::string finite;
    for (const auto& [name, ends] : finite_) {
        finite += (finite.empty() ? "" : ", ") + std::to_string(ends.first) + " ≤ " + name + " ≤ " +
                  std::to_string(ends.second);
    }
    if (symbolic.empty()) return finite.empty() ? "no parameters" : finite;
    return finite.empty() ? symbolic : symbolic + "; for each " + finite;
}

std::vector<Method> Proof::methods() const {
    if (methods_.empty()) return {Method::composition};
    return {methods_.begin(), methods_.end()};
}

}  // namespace ntk::proofs
