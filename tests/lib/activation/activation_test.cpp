// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/activation.hpp"

#include "ntk/numeric/errors.hpp"
#include "tests/lib/activation/activations.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

/// Names of activations.
using namespace ntk;

TEST_CASE("every known activation is in the list that the tests go through") {
    std::set<std::string> known, tested;
    for (const std::string& name : known_activations()) known.insert(name.substr(0, name.find(':')));
    for (const std::string& name : test::all_activations()) tested.insert(name.substr(0, name.find(':')));
    CHECK(known == tested);
    CHECK(known.size() == known_activations().size());
    const auto names = known_activations();
    CHECK(std::is_sorted(names.begin(), names.end()));
}

TEST_CASE("an activation is made from its own name") {
    for (const std::string& name : test::all_activations()) {
        CAPTURE(name);
        const ActivationPtr activation = make_activation(name);
        CHECK(activation->name() == name);
        CHECK_FALSE(activation->formula().empty());
        CHECK((activation->has_closed_dual() || activation->strip().has_value()));
    }
}

TEST_CASE("names are read exactly and unknown ones are named") {
    CHECK(make_activation("leaky-relu:0.1")->name() == "leaky-relu:1/10");
    CHECK(make_activation("leaky-relu:0")->name() == "relu");
    CHECK(make_activation("relu-power:1")->name() == "relu");
    CHECK(make_activation("polynomial:0.5,0,1e1,0")->name() == "polynomial:1/2,0,10");
    std::string message = "activation \"foo\": expected one of ";
    for (const std::string& name : known_activations()) message += (name == "cos" ? "" : ", ") + name;
    CHECK_THROWS_WITH_AS(make_activation("foo"), message.c_str(), InputError);
    for (const std::string text :
         {"relu:2", "leaky-relu", "leaky-relu:x", "relu-power", "relu-power:0", "relu-power:-1", "relu-power:3/2",
          "relu-power:61", "softplus", "softplus:0", "softplus:-1", "polynomial", "polynomial:", "polynomial:1,,2",
          "tanh:1", "", "step:0"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(make_activation(text), InputError);
    }
}
