// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/free_algebra.hpp"

namespace ntk::proofs {

/// A relation between letters: the word is equal to the element, for instance E phi phi 1 = 1 for a function phi of
/// unit norm.
struct Relation {
    Word word;
    FreeElement value;
};

/// x with the words of relations replaced by their values, over and over until none occurs. What comes out is equal to
/// x wherever the relations hold. std::logic_error if that does not end.
FreeElement rewrite(const FreeElement& x, const std::vector<Relation>& relations);

/// The product of letters in their order.
FreeElement product_of(const Word& letters);

}  // namespace ntk::proofs
