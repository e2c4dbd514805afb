// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/6546
// A candidate waits for the configuration to be replicated and declares itself
// leader, though a new term made it a follower meanwhile.

#include <seastar/seastar.hh>
using seastar::future;
enum class Vote { follower, candidate, leader };

class Consensus {
  Vote vote = Vote::follower;
  long term = 0;
  long confirmedTerm = -1;
  future<bool> replicateConfiguration(long term);

public:
  void appendEntries(long newTerm) {
    if (newTerm > term) {
      term = newTerm;
      vote = Vote::follower;
    }
  }
  future<> reported_bad() {
    if (vote != Vote::candidate)
      co_return;
    if (!co_await replicateConfiguration(term))
      co_return;
    vote = Vote::leader; // warn: coro-stale-state
  }
  future<> mended_ok() {
    if (vote != Vote::candidate)
      co_return;
    long mine = term;
    if (!co_await replicateConfiguration(mine))
      co_return;
    if (vote != Vote::candidate || term != mine)
      co_return;
    vote = Vote::leader;
    confirmedTerm = mine;
  }
};
