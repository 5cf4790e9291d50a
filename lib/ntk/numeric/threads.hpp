// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace ntk {

/// A few worker threads that sleep while there is nothing to do. Work is cut into blocks whose number does not depend
/// on the number of threads, and callers combine the results of the blocks in order, so that results are bit-identical
/// for every thread count.
class ThreadPool {
public:
    /// threads >= 1, counting the caller's; else std::domain_error.
    explicit ThreadPool(int threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    int threads() const { return static_cast<int>(workers_.size()) + 1; }
    /// Calls function(block) for 0 <= block < blocks, in any order, and returns when all are done. Exceptions of a
    /// block are rethrown here.
    void parallel_for(int blocks, const std::function<void(int)>& function);

private:
    void work();
    void take_blocks(std::unique_lock<std::mutex>& lock);

    std::vector<std::thread> workers_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable done_;
    const std::function<void(int)>* function_ = nullptr;
    int blocks_ = 0;
    int next_block_ = 0;
    int running_ = 0;
    std::exception_ptr failure_;
    bool stop_ = false;
};

}  // namespace ntk
