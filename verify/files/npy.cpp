// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/errors.hpp"
#include "verify/files/little_endian.hpp"
#include "verify/files/numpy_archive.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

/// The .npy format: "\x93NUMPY", version, length of the header, header (a Python dictionary), numbers
/// (documentation of numpy.lib.format).
namespace ntk::verify {
namespace {

struct Header {
    std::string descr;
    bool fortran_order = false;
    std::vector<std::size_t> shape;
};

/// Reads the dictionary {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }: the keys in any order.
class HeaderParser {
public:
    HeaderParser(std::string text, std::string place) : text_(std::move(text)), place_(std::move(place)) {}

    Header parse() {
        Header header;
        int found = 0;
        expect('{');
        while (!take('}')) {
            const std::string key = quoted();
            expect(':');
            if (key == "descr") {
                header.descr = quoted();
            } else if (key == "fortran_order") {
                header.fortran_order = boolean();
            } else if (key == "shape") {
                header.shape = tuple();
            } else {
                fail("an unknown key '" + key + "'");
            }
            ++found;
            if (!take(',') && peek() != '}') fail("no comma between two keys");
        }
        if (found != 3) fail("other keys than descr, fortran_order and shape");
        return header;
    }

private:
    [[noreturn]] void fail(const std::string& what) const {
        throw InputError(place_ + ": the header has " + what +
                         ": expected an array of numbers as numpy.save writes it");
    }
    char peek() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
        return at_ < text_.size() ? text_[at_] : '\0';
    }
    bool take(char wanted) {
        if (peek() != wanted) return false;
        ++at_;
        return true;
    }
    void expect(char wanted) {
        if (!take(wanted)) fail(std::string("no '") + wanted + "' where it belongs");
    }
    std::string quoted() {
        const char quote = peek();
        if (quote != '\'' && quote != '"') fail("fields or objects in the place of one kind of number");
        const std::size_t end = text_.find(quote, at_ + 1);
        if (end == std::string::npos) fail("a text without an end");
        std::string content = text_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        return content;
    }
    bool boolean() {
        peek();
        for (const auto& [word, value] : {std::pair<std::string, bool>{"True", true}, {"False", false}}) {
            if (text_.compare(at_, word.size(), word) == 0) {
                at_ += word.size();
                return value;
            }
        }
        fail("neither True nor False for fortran_order");
    }
    std::vector<std::size_t> tuple() {
        std::vector<std::size_t> numbers;
        expect('(');
        while (!take(')')) {
            peek();
            std::size_t number = 0;
            const char* end = text_.data() + text_.size();
            const auto read = std::from_chars(text_.data() + at_, end, number);
            if (read.ec != std::errc()) fail("a shape that is no list of sizes");
            at_ = static_cast<std::size_t>(read.ptr - text_.data());
            numbers.push_back(number);
            if (!take(',') && peek() != ')') fail("a shape that is no list of sizes");
        }
        return numbers;
    }

    std::string text_;
    std::string place_;
    std::size_t at_ = 0;
};

double from_half(std::uint16_t bits) {
    const double sign = (bits & 0x8000) != 0 ? -1 : 1;
    const int exponent = bits >> 10 & 0x1f;
    const int fraction = bits & 0x3ff;
    if (exponent == 0x1f) {
        return fraction != 0 ? std::numeric_limits<double>::quiet_NaN()
                             : sign * std::numeric_limits<double>::infinity();
    }
    return exponent == 0 ? sign * std::ldexp(fraction, -24) : sign * std::ldexp(fraction + 0x400, exponent - 25);
}

/// Turns the number at `at` into a double.
class NumberReader {
public:
    NumberReader(const std::string& descr, const std::string& place) : place_(place) {
        const bool known = descr.size() == 3 && std::string("<>|=").find(descr[0]) != std::string::npos &&
                           std::string("1248").find(descr[2]) != std::string::npos;
        kind_ = known ? descr[1] : '\0';
        size_ = known ? static_cast<std::size_t>(descr[2] - '0') : 0;
        reversed_ = known && descr[0] == '>';
        const bool integer = kind_ == 'i' || kind_ == 'u' || (kind_ == 'b' && size_ == 1);
        if (!integer && !(kind_ == 'f' && size_ >= 2)) {
            throw InputError(place + " has the type '" + descr + "': expected real numbers ('<f8', '<f4', '<i8', ...)");
        }
    }

    std::size_t size() const { return size_; }

    double operator()(const std::string& bytes, std::size_t at) const {
        std::string number = bytes.substr(at, size_);
        if (reversed_) std::reverse(number.begin(), number.end());
        number.resize(8, '\0');
        const auto bits = little_endian<std::uint64_t>(number, 0);
        if (kind_ == 'f') {
            if (size_ == 8) return std::bit_cast<double>(bits);
            if (size_ == 4) return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
            return from_half(static_cast<std::uint16_t>(bits));
        }
        const std::size_t unused = 64 - 8 * size_;
        const bool negative = kind_ == 'i' && (bits >> (8 * size_ - 1) & 1) != 0;
        // Two's complement: the size of a negative number of this many bytes.
        const std::uint64_t magnitude = negative ? (0 - (bits << unused)) >> unused : bits;
        constexpr std::uint64_t largest_exact = 1ull << 53;
        if (magnitude > largest_exact) {
            throw InputError(place_ + " has an integer beyond 2^53, which no double holds: expected smaller numbers");
        }
        return negative ? -static_cast<double>(magnitude) : static_cast<double>(magnitude);
    }

private:
    std::string place_;
    char kind_;
    std::size_t size_;
    bool reversed_;
};

/// The number of entries; fails before it can overflow.
std::size_t entry_count(const std::vector<std::size_t>& shape, std::size_t available, const std::string& place) {
    if (std::find(shape.begin(), shape.end(), std::size_t{0}) != shape.end()) return 0;
    std::size_t count = 1;
    for (const std::size_t extent : shape) {
        if (count > available / extent) {
            throw InputError(place + " has the shape " + shape_text(shape) + " but only " + std::to_string(available) +
                             " numbers");
        }
        count *= extent;
    }
    return count;
}

/// Fortran order (first index fastest) to C order.
std::vector<double> in_c_order(const std::vector<double>& values, const std::vector<std::size_t>& shape) {
    std::vector<double> result(values.size());
    std::vector<std::size_t> index(shape.size(), 0);
    for (const double value : values) {
        std::size_t at = 0;
        for (std::size_t i = 0; i < shape.size(); ++i) at = at * shape[i] + index[i];
        result[at] = value;
        for (std::size_t i = 0; i < shape.size() && ++index[i] == shape[i]; ++i) index[i] = 0;
    }
    return result;
}

}  // namespace

std::string shape_text(const std::vector<std::size_t>& shape) {
    std::string text = "(";
    for (std::size_t i = 0; i < shape.size(); ++i) {
        text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
    }
    return text + (shape.size() == 1 ? ",)" : ")");
}

NumpyArray parse_npy(const std::string& bytes, const std::string& place) {
    constexpr std::size_t prefix = 8;
    if (bytes.size() < prefix + 4 || bytes.compare(0, 6, "\x93NUMPY") != 0) {
        throw InputError(place + " is no .npy array");
    }
    const int version = bytes[6];
    if (version < 1 || version > 3) {
        throw InputError(place + " has version " + std::to_string(version) + " of the .npy format: expected 1, 2 or 3");
    }
    const std::size_t length_size = version == 1 ? 2 : 4;
    const std::size_t length =
        version == 1 ? little_endian<std::uint16_t>(bytes, prefix) : little_endian<std::uint32_t>(bytes, prefix);
    const std::size_t data = prefix + length_size + length;
    if (data > bytes.size()) throw InputError(place + " ends within its header");
    const Header header = HeaderParser(bytes.substr(prefix + length_size, length), place).parse();
    const NumberReader number(header.descr, place);
    const std::size_t available = (bytes.size() - data) / number.size();
    const std::size_t count = entry_count(header.shape, available, place);
    if (bytes.size() - data != count * number.size()) {
        throw InputError(place + " has the shape " + shape_text(header.shape) + " but " +
                         std::to_string(bytes.size() - data) + " bytes of numbers: expected " +
                         std::to_string(count * number.size()));
    }
    NumpyArray array{header.shape, std::vector<double>(count)};
    for (std::size_t i = 0; i < count; ++i) array.values[i] = number(bytes, data + i * number.size());
    if (header.fortran_order) array.values = in_c_order(array.values, array.shape);
    return array;
}

}  // namespace ntk::verify
