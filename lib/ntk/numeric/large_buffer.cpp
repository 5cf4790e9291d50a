// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/large_buffer.hpp"

#ifdef __linux__
#include <sys/mman.h>
#endif

#include <limits>
#include <new>

namespace ntk {

LargeBuffer::LargeBuffer(std::size_t count) : count_(count) {
    constexpr std::size_t huge_page = std::size_t{1} << 21, cache_line = 64;
    if (count > std::numeric_limits<std::size_t>::max() / sizeof(double) - huge_page) throw std::bad_alloc();
    const std::size_t bytes = count * sizeof(double);
    const std::size_t alignment = bytes >= huge_page ? huge_page : cache_line;
    const std::size_t rounded = (bytes + alignment - 1) / alignment * alignment;
    if (rounded == 0) return;
    numbers_.reset(static_cast<double*>(std::aligned_alloc(alignment, rounded)));
    if (numbers_ == nullptr) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
    // A wish: without it everything works, only slower.
    if (alignment == huge_page) ::madvise(numbers_.get(), rounded, MADV_HUGEPAGE);
#endif
}

LargeBuffer BufferStore::take(std::size_t count) {
    LargeBuffer buffer;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!spare_.empty()) {
            buffer = std::move(spare_.back());
            spare_.pop_back();
        }
    }
    buffer.require(count);
    return buffer;
}

void BufferStore::give_back(LargeBuffer buffer) {
    const std::lock_guard<std::mutex> lock(mutex_);
    spare_.push_back(std::move(buffer));
}

}  // namespace ntk
