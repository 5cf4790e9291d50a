// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/rational_function.hpp"

#include <functional>

namespace ntk::proofs {

/// A product of letters that do not commute, left to right; empty for the unit.
using Word = std::vector<std::string>;

/// A polynomial in letters that do not commute (matrices, operators; a last letter may be a vector), with rational
/// functions of commuting symbols as coefficients: an element of the free algebra. An equality of two of them holds for
/// all matrices of fitting sizes. A value like RationalFunction.
class FreeElement {
public:
    /// Zero.
    FreeElement() = default;
    FreeElement(long value) : FreeElement(RationalFunction(value)) {}  // NOLINT: a multiple of the unit
    FreeElement(const RationalFunction& value);                        // NOLINT: a multiple of the unit
    static FreeElement letter(const std::string& name);

    bool is_zero() const { return terms_.empty(); }
    const std::map<Word, RationalFunction>& terms() const { return terms_; }

    /// Replaces letters, all at once.
    FreeElement substitute(const std::map<std::string, FreeElement>& values) const;
    /// Applies a function to every coefficient, for instance a shift of a commuting symbol.
    FreeElement map_coefficients(const std::function<RationalFunction(const RationalFunction&)>& function) const;
    /// The derivation with the given values on letters (0 on all others) that is 0 on coefficients: Leibniz' rule in
    /// order.
    FreeElement derive(const std::map<std::string, FreeElement>& derivatives) const;

    FreeElement& operator+=(const FreeElement& other);
    FreeElement& operator-=(const FreeElement& other);
    FreeElement& operator*=(const FreeElement& other);

private:
    void add(const Word& word, const RationalFunction& coefficient);

    std::map<Word, RationalFunction> terms_;  ///< no zero coefficients
};

FreeElement operator-(const FreeElement& x);
FreeElement operator+(FreeElement x, const FreeElement& y);
FreeElement operator-(FreeElement x, const FreeElement& y);
FreeElement operator*(FreeElement x, const FreeElement& y);
bool operator==(const FreeElement& x, const FreeElement& y);
FreeElement pow(const FreeElement& x, int exponent);

/// "(1/2) G r + r".
std::string to_string(const FreeElement& x);

}  // namespace ntk::proofs
