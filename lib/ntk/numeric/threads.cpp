// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/numeric/threads.hpp"

#include <flint/flint.h>

#include <stdexcept>
#include <string>

namespace ntk {

ThreadPool::ThreadPool(int threads) {
    if (threads < 1) throw std::domain_error("ThreadPool: threads = " + std::to_string(threads) + ": must be >= 1");
    const auto live = [this] {
        work();
        // FLINT keeps numbers that are done with for the next ones of the thread, and frees them when told.
        flint_cleanup();
    };
    for (int i = 1; i < threads; ++i) workers_.emplace_back(live);
}

ThreadPool::~ThreadPool() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    wake_.notify_all();
    for (std::thread& worker : workers_) worker.join();
}

/// Runs blocks until none is left; the lock is held on entry and on return, not while a block runs.
void ThreadPool::take_blocks(std::unique_lock<std::mutex>& lock) {
    while (next_block_ < blocks_) {
        const int block = next_block_++;
        const std::function<void(int)>& function = *function_;
        ++running_;
        lock.unlock();
        std::exception_ptr failure;
        try {
            function(block);
        } catch (...) {
            failure = std::current_exception();
        }
        lock.lock();
        --running_;
        if (failure) failure_ = failure;
    }
    if (running_ == 0) done_.notify_all();
}

void ThreadPool::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return stop_ || next_block_ < blocks_; });
        if (stop_) return;
        take_blocks(lock);
    }
}

void ThreadPool::parallel_for(int blocks, const std::function<void(int)>& function) {
    std::unique_lock lock(mutex_);
    function_ = &function;
    blocks_ = blocks;
    next_block_ = 0;
    failure_ = nullptr;
    if (!workers_.empty() && blocks > 1) wake_.notify_all();
    take_blocks(lock);
    done_.wait(lock, [this] { return running_ == 0 && next_block_ >= blocks_; });
    blocks_ = 0;
    next_block_ = 0;
    if (failure_) std::rethrow_exception(failure_);
}

}  // namespace ntk
