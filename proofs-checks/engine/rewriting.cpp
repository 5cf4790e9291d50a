// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/engine/rewriting.hpp"

#include <algorithm>
#include <stdexcept>

namespace ntk::proofs {

FreeElement product_of(const Word& letters) {
    FreeElement product = 1;
    for (const std::string& letter : letters) product *= FreeElement::letter(letter);
    return product;
}

FreeElement rewrite(const FreeElement& x, const std::vector<Relation>& relations) {
    constexpr int most_rounds = 1000;
    FreeElement current = x;
    for (int round = 0; round < most_rounds; ++round) {
        bool changed = false;
        FreeElement next;
        for (const auto& [word, coefficient] : current.terms()) {
            FreeElement term = FreeElement(coefficient) * product_of(word);
            for (const Relation& relation : relations) {
                const auto place = std::search(word.begin(), word.end(), relation.word.begin(), relation.word.end());
                if (relation.word.empty() || place == word.end()) continue;
                const auto behind = place + static_cast<std::ptrdiff_t>(relation.word.size());
                term = FreeElement(coefficient) * product_of(Word(word.begin(), place)) * relation.value *
                       product_of(Word(behind, word.end()));
                changed = true;
                break;
            }
            next += term;
        }
        current = next;
        if (!changed) return current;
    }
    throw std::logic_error("rewrite: the relations do not come to an end");
}

}  // namespace ntk::proofs
