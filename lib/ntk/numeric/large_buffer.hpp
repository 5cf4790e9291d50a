// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <vector>

namespace ntk {

/// Doubles that are written once and read once or twice, not set to zero, on huge pages where the system gives them:
/// with pages of 4 KiB a tenth of the time of a gradient goes into looking up their addresses.
class LargeBuffer {
public:
    LargeBuffer() = default;
    /// Throws std::bad_alloc.
    explicit LargeBuffer(std::size_t count);
    /// Room for `count` doubles; what was there is lost if it did not have it.
    void require(std::size_t count) {
        if (count > count_) *this = LargeBuffer(count);
    }
    double* data() const { return numbers_.get(); }

private:
    struct Free {
        void operator()(double* numbers) const { std::free(numbers); }
    };
    std::unique_ptr<double[], Free> numbers_;
    std::size_t count_ = 0;
};

/// Buffers that are taken, given back and taken again: for one that is filled once and read a few times, memory that is
/// new to the process costs more than the numbers in it. Any number of threads.
class BufferStore {
public:
    /// A buffer with room for `count` doubles, whatever is in them. Throws std::bad_alloc.
    LargeBuffer take(std::size_t count);
    void give_back(LargeBuffer buffer);

private:
    std::mutex mutex_;
    std::vector<LargeBuffer> spare_;
};

}  // namespace ntk
