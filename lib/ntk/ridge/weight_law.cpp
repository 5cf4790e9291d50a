// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/ridge/weight_law.hpp"

#include "ntk/numeric/errors.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace ntk {
namespace {

Rational read_number(const std::string& text, const std::string& place, const std::string& what) {
    try {
        const Rational value = parse_rational(text);
        if (value < 0) throw InputError("\"" + text + "\": expected a number >= 0");
        return value;
    } catch (const InputError& error) {
        throw InputError(place + what + " " + error.what());
    }
}

/// The words of a line up to a comment.
std::vector<std::string> words_of(const std::string& line) {
    std::istringstream stream(line.substr(0, line.find('#')));
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
}

RadialLaw read_file(const std::string& path) {
    if (!std::filesystem::exists(path)) throw InputError("weights \"radial:" + path + "\": no such file");
    std::ifstream stream(path);
    if (std::filesystem::is_directory(path) || !stream) throw ResourceError(path + ": cannot be read");
    return read_radial_law(stream, path);
}

}  // namespace

RadialLaw read_radial_law(std::istream& table, const std::string& name) {
    std::map<Rational, Rational> probability_of;
    Rational total = 0;
    int line_number = 0;
    for (std::string line; std::getline(table, line);) {
        const std::string place = name + ":" + std::to_string(++line_number) + ": ";
        const std::vector<std::string> words = words_of(line);
        if (words.empty()) continue;
        if (words.size() != 2) {
            throw InputError(place + std::to_string(words.size()) + " words: expected 'radius probability'");
        }
        const Rational radius = read_number(words[0], place, "radius");
        const Rational probability = read_number(words[1], place, "probability");
        if (probability > 0) probability_of[radius] += probability;
        total += probability;
    }
    if (table.bad()) throw ResourceError(name + ": cannot be read");
    if (total != 1) {
        throw InputError(name + ":" + std::to_string(line_number) + ": the probabilities add up to " +
                         to_string(total) + ": expected exactly 1");
    }
    RadialLaw law;
    for (const auto& [radius, probability] : probability_of) law.atoms.push_back({radius, probability});
    return law;
}

std::optional<RadialLaw> parse_weight_law(const std::string& text) {
    if (text == "gaussian") return std::nullopt;
    const std::size_t colon = text.find(':');
    const std::string name = text.substr(0, colon);
    if (colon == std::string::npos || colon + 1 == text.size() || (name != "sphere" && name != "radial")) {
        throw InputError("weights \"" + text + "\": expected gaussian, sphere:R or radial:FILE");
    }
    const std::string parameter = text.substr(colon + 1);
    if (name == "radial") return read_file(parameter);
    const Rational radius = read_number(parameter, "weights \"" + text + "\": ", "radius");
    if (radius == 0) throw InputError("weights \"" + text + "\": expected a radius > 0");
    return RadialLaw{{{radius, 1}}};
}

Rational radius_moment(const RadialLaw& law, int power) {
    Rational sum = 0;
    for (const RadialAtom& atom : law.atoms) {
        Rational term = atom.probability;
        for (int i = 0; i < power; ++i) term *= atom.radius;
        sum += term;
    }
    return sum;
}

}  // namespace ntk
