// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <utility>

namespace ntk::proofs {

/// Which statement a run of an obligation is about: the one it claims, or one of its mutants, which differs in one
/// thing. The function that proves an obligation asks for every place in which a mutant differs, so both take the same
/// path:
///     const Rational bound = variant.pick("constant", Rational(1, 5), Rational(1, 4));
class Variant {
public:
    /// The statement as claimed.
    Variant() = default;
    /// The mutant of this name.
    explicit Variant(std::string mutant) : mutant_(std::move(mutant)) {}

    bool is(const std::string& mutant) const {
        asked_.insert(mutant);
        return mutant == mutant_;
    }
    /// `mutated` in the mutant of this name, else `original`.
    template <class T>
    T pick(const std::string& mutant, T mutated, T original) const {
        return is(mutant) ? std::move(mutated) : std::move(original);
    }
    /// The mutants that were asked for so far.
    const std::set<std::string>& asked() const { return asked_; }

private:
    std::string mutant_;
    mutable std::set<std::string> asked_;
};

}  // namespace ntk::proofs
