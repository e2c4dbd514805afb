// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/openbmc/pldm/commit/320cf8bd968210ad0364c50b45f2e31bd44e01be
// Two managers refer to one map of termini. One iterates over it and waits for
// each terminus; the other erases a terminus whose endpoint has gone.

#include <map>
#include <memory>
#include <stdexec/stdexec.h>
#include <vector>

struct Terminus {
  bool initialized = false;
  int synchrony = 0;
};
using Termini = std::map<int, std::shared_ptr<Terminus>>;
exec::task<int> readRecords(std::shared_ptr<Terminus> terminus);
exec::task<int> askSynchrony(int id);

class TerminusManager {
  Termini &termini;

public:
  explicit TerminusManager(Termini &termini) : termini(termini) {}
  void endpointRemoved(int id) { termini.erase(id); }
};

class PlatformManager {
  Termini &termini;

public:
  explicit PlatformManager(Termini &termini) : termini(termini) {}

  exec::task<void> configure_bad(int id) {
    if (!termini.contains(id))
      co_return;
    auto &terminus = termini[id];
    int answer = co_await askSynchrony(id);
    terminus->synchrony = answer; // warn: coro-stale-state
  }
  exec::task<void> initialise_bad() {
    for (auto &[id, terminus] : termini) // warn: coro-stale-state
      co_await readRecords(terminus);
  }

  exec::task<void> configure_ok(int id) {
    if (!termini.contains(id))
      co_return;
    auto terminus = termini[id];
    int answer = co_await askSynchrony(id);
    terminus->synchrony = answer;
  }
  exec::task<void> initialise_ok() {
    std::vector<std::shared_ptr<Terminus>> all;
    for (auto &[id, terminus] : termini)
      all.push_back(terminus);
    for (auto &terminus : all)
      co_await readRecords(terminus);
  }
};

class Manager {
  Termini termini;
  TerminusManager terminusManager;
  PlatformManager platformManager;

public:
  Manager() : terminusManager(termini), platformManager(termini) {}
};
