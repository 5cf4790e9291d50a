// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/proof_support.hpp"

#include <algorithm>

namespace ntk::proofs {

void add_once(std::vector<std::string>& list, const std::string& text) {
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

std::string describe(const Point& point) {
    std::string text;
    for (const auto& [name, value] : point) text += (text.empty() ? "" : ", ") + name + " = " + to_string(value);
    return text;
}

std::vector<Rational> samples(const Range& range) {
    std::vector<Rational> values;
    if (range.lower && range.upper) {
        for (const long i : {0, 8, 4, 2, 6, 1, 7, 3, 5}) {
            values.emplace_back(*range.lower + (*range.upper - *range.lower) * i / 8);
        }
    } else if (range.lower || range.upper) {
        const Rational start = range.lower ? *range.lower : *range.upper;
        for (const long i : {0, 1, 2, 3, 5, 8, 13, 40}) {
            values.emplace_back(range.lower ? Rational(start + i) : Rational(start - i));
        }
        if (!range.is_integer) {
            for (const long i : {2, 10, 100}) {
                values.emplace_back(range.lower ? Rational(start + Rational(1, i)) : Rational(start - Rational(1, i)));
            }
        }
        if (range.is_strict) values.erase(values.begin());
    } else {
        for (const long i : {0, 2, -2, 1, -1, 4, -4, 6, -10}) values.emplace_back(Rational(i) / 2);
    }
    return values;
}

}  // namespace ntk::proofs
