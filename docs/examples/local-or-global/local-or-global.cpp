// Who waits while a pass is renewed? Unrelated tasks keep time meanwhile, and
// say how late they were.
//
// Arguments: how many renewals under each design (20), and how many
// milliseconds each takes (25).

#include "support/PassOffice.h"
#include "support/Reports.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace examples;

namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

/// How late tasks were, in all.
class Lateness {
public:
  void add(Clock::duration Late) { Samples.push_back(Milliseconds(Late)); }
  std::size_t count() const { return Samples.size(); }
  /// The least lateness that a share \p P of the samples does not exceed.
  double percentile(double P) {
    std::sort(Samples.begin(), Samples.end());
    const auto Rank =
        std::size_t(std::ceil(P * double(Samples.size()))); // nearest rank
    return Samples.at(std::max<std::size_t>(Rank, 1) - 1).count();
  }

private:
  std::vector<Milliseconds> Samples;
};

/// A task that has nothing to do with passes: it is due every 2 ms. Lateness
/// counts from when it was due, not from when it was last able to ask; else a
/// world that stands still would have nobody to complain.
Task<> keepTime(Clock::time_point Begin, const bool &Done, Lateness &Found) {
  auto Due = Begin;
  while (!Done) {
    co_await rt::sleep_until(Due);
    Found.add(Clock::now() - Due);
    Due += 2ms;
  }
}

/// Stands still alone: only who needs the pass waits.
class LocalAuthoriser {
public:
  explicit LocalAuthoriser(const PassOffice &Office) : Office(Office) {}

  Task<> renew() {
    auto Guard = co_await Renewal.lock();
    Held = co_await requestPass(Office);
  }

private:
  const PassOffice &Office;
  rt::AsyncMutex Renewal;
  Pass Held;
};

/// Stops the world: everybody on the thread waits.
class GlobalAuthoriser {
public:
  explicit GlobalAuthoriser(const PassOffice &Office) : Office(Office) {}

  Task<> renew() {
    const rt::NoYieldScope Alone;
    Held = rt::run_isolated(requestPass(Office));
    co_return;
  }

private:
  const PassOffice &Office;
  Pass Held;
};

/// Renews now and then, so that a pass is being renewed a third of the time.
template <class Authoriser>
Task<> measure(Authoriser &Auth, int Renewals, std::chrono::milliseconds Takes,
               Lateness &Found) {
  bool Done = false;
  rt::TaskScope Scope;
  for (int I = 0; I != 50; ++I)
    Scope.spawn(keepTime(Clock::now() + I * 40us, Done, Found));
  for (int I = 0; I != Renewals; ++I) {
    co_await rt::sleep_for(2 * Takes);
    co_await Auth.renew();
  }
  Done = true;
  co_await Scope.join();
}

template <class Authoriser>
Lateness lateness(const char *Design, int Renewals,
                  std::chrono::milliseconds Takes) {
  const PassOffice Office(Takes);
  Authoriser Auth(Office);
  Lateness Found;
  rt::EventLoop Loop;
  Loop.run(measure(Auth, Renewals, Takes, Found));
  std::printf("%-16s %9.2f ms %9.2f ms %9.2f ms %9.2f ms\n", Design,
              Found.percentile(0.5), Found.percentile(0.9),
              Found.percentile(0.99), Found.percentile(1));
  return Found;
}

} // namespace

int main(int Count, char **Arguments) {
  const int Renewals = Count > 1 ? std::atoi(Arguments[1]) : 20;
  const std::chrono::milliseconds Takes(Count > 2 ? std::atoi(Arguments[2])
                                                  : 25);
  const Reports Shown;
  std::puts("how late 50 unrelated tasks are, that are due every 2 ms:");
  std::printf("%-16s %12s %12s %12s %12s\n", "", "p50", "p90", "p99", "max");
  Lateness Local = lateness<LocalAuthoriser>("locked state", Renewals, Takes);
  Lateness Global =
      lateness<GlobalAuthoriser>("stopped world", Renewals, Takes);
  // While the world stands still, 2 ms after 2 ms of each task go by.
  const double Stop = Milliseconds(Takes).count();
  return Global.percentile(1) >= 0.9 * Stop &&
                 Local.percentile(0.9) < Global.percentile(0.9)
             ? 0
             : 1;
}
