// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/rational_function.hpp"

namespace ntk::proofs {

/// A hypergeometric term: rational function times powers b^(affine form), Gamma(affine form)^(integer) and pi^(n/2),
/// with symbols such as k, d and p inside, for instance Gamma(d/2) Gamma(p+1) / (2^{p+1} Gamma((p-k)/2+1)
/// Gamma((p+k+d)/2)). It is kept in a form in which every Gamma argument has its constant in [0,1), by Gamma(x+1) = x
/// Gamma(x) alone, so no Gamma is ever evaluated and equal forms are equal functions wherever both sides are defined.
/// (Not conversely: the duplication formula is not applied.) Gamma of a number is exact: a factorial, or a rational
/// multiple of sqrt(pi).
class GammaTerm {
public:
    GammaTerm() : GammaTerm(1L) {}
    GammaTerm(long factor) : factor_(factor) {}                     // NOLINT: a number is a term
    GammaTerm(const RationalFunction& factor) : factor_(factor) {}  // NOLINT: a rational function is a term
    /// Gamma(argument)^power; the argument is affine in the symbols. std::domain_error at a pole or if not affine.
    static GammaTerm gamma(const Polynomial& argument, int power = 1);
    /// base^exponent, the exponent affine in the symbols with integer constant. The base is a prime or -1, so that
    /// equal products look equal: std::domain_error otherwise.
    static GammaTerm power(long base, const Polynomial& exponent);
    /// pi^(halves/2).
    static GammaTerm pi_power(int halves);

    const RationalFunction& factor() const { return factor_; }
    GammaTerm substitute(const std::map<std::string, Polynomial>& values) const;
    /// F(symbol + step)/F(symbol) as a rational function; std::domain_error if it is none (step 1 in Gamma(k/2)).
    RationalFunction ratio(const std::string& symbol, long step) const;
    /// The term as a rational function if nothing else is left in it.
    std::optional<RationalFunction> rational() const;
    std::vector<std::string> symbols() const;

    GammaTerm& operator*=(const GammaTerm& other);
    GammaTerm inverse() const;
    friend bool operator==(const GammaTerm& x, const GammaTerm& y);
    friend std::string to_string(const GammaTerm& x);

private:
    struct Gamma {
        Polynomial argument;
        int power;
    };

    void multiply_gamma(const Polynomial& argument, int power);
    void multiply_power(long base, const Polynomial& exponent);

    RationalFunction factor_;
    std::map<std::string, Gamma> gammas_;  ///< by the text of the argument
    std::map<long, Polynomial> powers_;    ///< exponents without constant
    int half_powers_of_pi_ = 0;
};

GammaTerm operator*(GammaTerm x, const GammaTerm& y);
GammaTerm operator/(GammaTerm x, const GammaTerm& y);
bool operator==(const GammaTerm& x, const GammaTerm& y);
std::string to_string(const GammaTerm& x);

}  // namespace ntk::proofs
