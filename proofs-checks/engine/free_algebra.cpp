// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/free_algebra.hpp"

#include <stdexcept>

namespace ntk::proofs {

FreeElement::FreeElement(const RationalFunction& value) { add({}, value); }

FreeElement FreeElement::letter(const std::string& name) {
    FreeElement result;
    result.add({name}, 1);
    return result;
}

void FreeElement::add(const Word& word, const RationalFunction& coefficient) {
    if (coefficient.is_zero()) return;
    const auto [place, is_new] = terms_.emplace(word, coefficient);
    if (is_new) return;
    place->second += coefficient;
    if (place->second.is_zero()) terms_.erase(place);
}

FreeElement FreeElement::substitute(const std::map<std::string, FreeElement>& values) const {
    FreeElement sum;
    for (const auto& [word, coefficient] : terms_) {
        FreeElement product(coefficient);
        for (const std::string& name : word) {
            const auto place = values.find(name);
            product *= place == values.end() ? letter(name) : place->second;
        }
        sum += product;
    }
    return sum;
}

FreeElement FreeElement::map_coefficients(
    const std::function<RationalFunction(const RationalFunction&)>& function) const {
    FreeElement result;
    for (const auto& [word, coefficient] : terms_) result.add(word, function(coefficient));
    return result;
}

FreeElement FreeElement::derive(const std::map<std::string, FreeElement>& derivatives) const {
    FreeElement sum;
    for (const auto& [word, coefficient] : terms_) {
        for (std::size_t i = 0; i < word.size(); ++i) {
            const auto place = derivatives.find(word[i]);
            if (place == derivatives.end()) continue;
            const auto middle = word.begin() + static_cast<std::ptrdiff_t>(i);
            FreeElement before;
            before.add(Word(word.begin(), middle), coefficient);
            FreeElement behind;
            behind.add(Word(middle + 1, word.end()), 1);
            sum += before * place->second * behind;
        }
    }
    return sum;
}

FreeElement& FreeElement::operator+=(const FreeElement& other) {
    for (const auto& [word, coefficient] : other.terms_) add(word, coefficient);
    return *this;
}

FreeElement& FreeElement::operator-=(const FreeElement& other) { return *this += -other; }

FreeElement& FreeElement::operator*=(const FreeElement& other) {
    FreeElement product;
    for (const auto& [left, left_coefficient] : terms_) {
        for (const auto& [right, right_coefficient] : other.terms_) {
            Word word = left;
            word.insert(word.end(), right.begin(), right.end());
            product.add(word, left_coefficient * right_coefficient);
        }
    }
    return *this = product;
}

FreeElement operator-(const FreeElement& x) {
    return x.map_coefficients([](const RationalFunction& coefficient) { return -coefficient; });
}

FreeElement operator+(FreeElement x, const FreeElement& y) { return x += y; }
FreeElement operator-(FreeElement x, const FreeElement& y) { return x -= y; }
FreeElement operator*(FreeElement x, const FreeElement& y) { return x *= y; }
bool operator==(const FreeElement& x, const FreeElement& y) { return (x - y).is_zero(); }

FreeElement pow(const FreeElement& x, int exponent) {
    if (exponent < 0) throw std::domain_error("pow: exponent = " + std::to_string(exponent) + ": expected one >= 0");
    FreeElement product(1);
    for (int i = 0; i < exponent; ++i) product *= x;
    return product;
}

std::string to_string(const FreeElement& x) {
    std::string text;
    for (const auto& [word, coefficient] : x.terms()) {
        text += text.empty() ? "" : " + ";
        if (word.empty() || !(coefficient == 1)) text += "(" + to_string(coefficient) + ")";
        for (std::size_t i = 0; i < word.size(); ++i) {
            text += (i > 0 || !(coefficient == 1) ? " " : "") + word[i];
        }
    }
    return text.empty() ? "0" : text;
}

}  // namespace ntk::proofs
