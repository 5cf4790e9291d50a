// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/derivation.hpp"
#include "proofs-checks/engine/enclosure.hpp"
#include "proofs-checks/engine/gamma_term.hpp"
#include "proofs-checks/engine/power_series.hpp"
#include "proofs-checks/engine/status.hpp"

#include <set>
#include <stdexcept>

namespace ntk::proofs {

/// Thrown by a step that does not hold; what() names the step and why.
class Rejected : public std::runtime_error {
public:
    Rejected(const std::string& message, std::string counterexample_found)
        : std::runtime_error(message), counterexample(std::move(counterexample_found)) {}

    const std::string
        counterexample;  ///< values of the parameters at which the claim is false; empty if none was found
};

/// How far the checks on finite ranges go (ntk prove --max-degree, --max-dim).
struct Limits {
    int max_degree = 24;
    int max_dim = 12;
};

/// The values that a parameter of a statement takes.
struct Range {
    std::optional<Rational> lower;
    std::optional<Rational> upper;
    bool is_integer = false;
    bool is_strict = false;  ///< > lower instead of >= lower
};

/// k = 0, 1, 2, ... with at_least(0).
Range integer_at_least(long lower);
Range real_at_least(const Rational& lower);
Range positive();
Range between(const Rational& lower, const Rational& upper);
/// Any real number, for instance the value of an unknown function.
Range any_real();

/// p = sum_i weight_i square_i^2; with weights that are >= 0 on the range this shows p >= 0.
struct WeightedSquare {
    Polynomial weight;
    Polynomial square;
};

/// The record of one run of a proof. Every method below is a step: it checks what it is told and throws Rejected if
/// that is false (or not shown, for inequalities). Range, methods, status and edges of the obligation are read off the
/// steps that ran: nothing about them is written by hand. std::logic_error marks a proof that is badly written, which
/// is no rejection.
class Proof {
public:
    explicit Proof(const Limits& limits) : limits_(limits) {}

    const Limits& limits() const { return limits_; }

    // The range of the statement.

    /// Declares a symbol with the values that it takes, and returns it. Every symbol of a step must be declared, and
    /// every declared one must occur in a step.
    Polynomial given(const std::string& symbol, const Range& range);
    /// Declares a symbol that stands for a function of others, such as e^{-mu t} in [0,1] of mu and t: where it occurs,
    /// they do.
    Polynomial function(const std::string& symbol, const Range& range, const std::vector<std::string>& of);
    /// Declares a symbol x of which only -bound <= x <= bound is known, the bound a polynomial in other symbols, >= 0
    /// on the range.
    Polynomial within(const std::string& symbol, const Polynomial& bound);
    /// Declares what is no number, for instance ("G, G_s", "square matrices of any size"); it appears in the range.
    void given(const std::string& letters, const std::string& what);

    // Steps for all values of the symbols.

    /// left = right as rational functions.
    void identity(const std::string& claim, const RationalFunction& left, const RationalFunction& right);
    /// left = right as products of Gamma functions.
    void gamma_identity(const std::string& claim, const GammaTerm& left, const GammaTerm& right);
    /// p >= 0 on the whole range: written in x - lower (or upper - x) for every bounded symbol, p has no negative
    /// coefficient. Symbols with both ends are first mapped to [0, infinity) by x = (lower + upper y)/(1 + y);
    /// unbounded ones may not occur. Sufficient, not necessary: a rejection without counterexample decides nothing.
    void nonnegative(const std::string& claim, const Polynomial& p);
    /// p > 0 on the whole range, in the same way; beside it a term that is positive throughout.
    void positive(const std::string& claim, const Polynomial& p);
    /// The quotient is >= 0 (> 0): numerator >= 0 (> 0) and denominator > 0, after a common change of sign.
    void nonnegative(const std::string& claim, const RationalFunction& f);
    void positive(const std::string& claim, const RationalFunction& f);
    /// left <= right: right - left >= 0 as by nonnegative(). What cancels in the difference counts as occurring.
    void at_most(const std::string& claim, const Polynomial& left, const Polynomial& right);
    /// p >= 0: p equals the sum of the weighted squares, and every weight is shown to be >= 0 as by nonnegative().
    void sum_of_squares(const std::string& claim, const Polynomial& p, const std::vector<WeightedSquare>& squares);
    /// |p| <= bound on the whole range, by the triangle inequality: the sum over the terms of p of |coefficient| times
    /// powers of the bounds declared by within() (every other symbol >= 0 stands for itself) is at most bound, as by
    /// nonnegative(). How p is written counts: symbols are taken as independent.
    void bounded(const std::string& claim, const Polynomial& p, const Polynomial& bound);
    /// left = right in the free algebra: for all matrices.
    void algebra(const std::string& claim, const FreeElement& left, const FreeElement& right);
    /// Creative telescoping: sum_i coefficients[i](n) F(n+i,j) = G(n,j+1) - G(n,j) with G = certificate F, as an
    /// identity divided by F(n,j). The obligation shows beside it that G vanishes at both ends of the sum (or what it
    /// is there), and the initial values. F(n+1,j)/F(n,j) and F(n,j+1)/F(n,j) come from the term, so F itself is what
    /// was written.
    void telescoping(const std::string& claim, const GammaTerm& term, const std::string& n, const std::string& j,
                     const std::vector<RationalFunction>& coefficients, const RationalFunction& certificate);
    /// Two terms are equal for all symbol = start, start + step, start + 2 step, ...: they have the same ratio
    /// F(symbol+step)/F, and are equal at symbol = start and, for step s > 1, at start + 1, ..., start + s - 1 (others
    /// symbols stay symbols). A term is given by its ratio and its initial values.
    void same_recurrence(const std::string& claim, const RationalFunction& left_ratio,
                         const RationalFunction& right_ratio, const std::vector<GammaTerm>& left_start,
                         const std::vector<GammaTerm>& right_start);
    /// f >= 0 on a box, by adaptive bisection with balls. What lies outside the box is the business of other steps.
    void enclosure(const std::string& claim, const Box& box, const BallFunction& f,
                   const EnclosureOptions& options = {});
    /// upper >= maximum of f on the box >= lower, both shown.
    void maximum(const std::string& claim, const Box& box, const BallFunction& f, const Rational& lower,
                 const Rational& upper, const EnclosureOptions& options = {});
    /// left = right for numbers without parameters, such as initial values of a recurrence.
    void number(const std::string& claim, const Rational& left, const Rational& right);
    /// Runs the body once for every case of a complete list, for instance the activations that the statement names. The
    /// list appears in the range. Values of a parameter are no cases: they belong to on_range.
    void in_cases(const std::string& what, const std::vector<std::string>& cases,
                  const std::function<void(const std::string&)>& body);

    // Steps on a finite range: they turn the status into "checked on a range".

    /// Runs the body for every value from first to last; may be nested, and every other step may stand in the body.
    void on_range(const std::string& parameter, long first, long last, const std::function<void(long)>& body);
    /// Inside on_range only: an exact computation came out as it should. `detail` says what it gave.
    void holds(const std::string& claim, bool is_true, const std::string& detail = "");
    /// The coefficients of 1, t, ..., t^order agree.
    void power_series(const std::string& claim, const PowerSeries& left, const PowerSeries& right, unsigned order);

    // Edges of the theory map.

    /// The argument uses this node: an obligation, or a named theorem of axioms.hpp.
    void uses(const std::string& node);
    /// The argument rests on this check of trajectories (an id of ntk verify --list) and is no better than it.
    void rests_on_check(const std::string& id);
    /// This check of trajectories observes the statement on instances; it proves nothing here.
    void observed_by(const std::string& check);
    /// A part of the statement for which nothing is proved.
    void leaves_open(const std::string& what);

    // What came out.

    /// Complains (std::logic_error) of a proof without steps, with a symbol that was not declared, or with a declared
    /// one that no step contains: such a symbol was at most looped over. `may_compose` allows a proof that only puts
    /// other nodes together.
    void finish(bool may_compose) const;
    /// The status of the own steps alone, without what is used.
    Status status() const;
    /// "all k >= 0, d >= 2", "0 <= k <= 24, 2 <= d <= 12", or both ("..., for each ...").
    std::string range() const;
    std::vector<Method> methods() const;
    std::size_t steps() const { return steps_; }
    const std::vector<std::string>& used() const { return uses_; }
    const std::vector<std::string>& observers() const { return observers_; }
    const std::vector<std::string>& left_open() const { return open_; }

private:
    using Search = std::function<std::optional<std::string>(const Point&)>;

    void record(Method method, const std::vector<std::string>& symbols);
    [[noreturn]] void reject(const std::string& claim, const std::string& reason,
                             const std::string& counterexample = "") const;
    /// The first point of a grid in the range for which `failure` says something, with what it says; "" if there is
    /// none.
    std::string search(const std::vector<std::string>& symbols, const Search& failure) const;
    Polynomial moved_to_origin(const Polynomial& p) const;
    bool is_positive_term(const Polynomial::Term& term) const;
    bool has_sign(const Polynomial& p, bool strictly) const;
    void run_loop(const std::string& parameter, long first, long last, const std::function<void(long)>& body);
    void require_sign(const std::string& claim, const Polynomial& p, bool strictly);
    void require_sign(const std::string& claim, const RationalFunction& f, bool strictly);
    std::string place() const;
    Polynomial majorant(const Polynomial& p) const;
    std::string search_beyond(const Polynomial& p, const Polynomial& bound) const;

    Limits limits_;
    std::vector<std::pair<std::string, Range>> parameters_;
    std::map<std::string, std::vector<std::string>> functions_;  ///< what they are functions of
    std::vector<std::pair<std::string, Polynomial>> bounded_;    ///< symbols of within()
    std::vector<std::pair<std::string, std::string>> described_;
    std::vector<std::pair<std::string, std::pair<long, long>>> finite_;
    std::vector<std::pair<std::string, long>> current_;  ///< the values of the loops that run
    std::set<Method> methods_;
    std::set<std::string> symbols_;
    std::size_t steps_ = 0;
    std::vector<std::string> uses_;
    std::vector<std::string> observers_;
    std::vector<std::string> open_;
};

}  // namespace ntk::proofs
