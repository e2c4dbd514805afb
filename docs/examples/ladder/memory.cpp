// What it costs to wait: the memory of a thread that does, and of a task.
//
// Arguments: how many threads (10000) and how many tasks (1000000).

#include "corolint/rt.h"
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <limits.h>
#include <memory>
#include <pthread.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace rt = corolint::rt;
using rt::Task;
using Clock = std::chrono::steady_clock;

namespace {

/// A line of a file in /proc, "Name:   123 kB", in bytes.
double bytesOf(const char *File, const std::string &Name) {
  std::ifstream Lines(File);
  std::string Word;
  while (Lines >> Word)
    if (Word == Name + ":") {
      double Kibibytes = 0;
      Lines >> Kibibytes;
      return Kibibytes * 1024;
    }
  return 0;
}

/// What there is now.
struct Memory {
  double Address = bytesOf("/proc/self/status", "VmSize");
  double Resident = bytesOf("/proc/self/status", "VmRSS");
  double PageTables = bytesOf("/proc/self/status", "VmPTE");
  double KernelStacks = bytesOf("/proc/meminfo", "KernelStack"); // everybody's
};

/// What many who wait need in all, beyond what was there before.
struct Need {
  long Started = 0;
  double Milliseconds = 0;
  Memory Total;
};

/// Calls \p Start, which starts as many as it can, lets them wait, and returns
/// how many they are.
Need measure(const std::function<long()> &Start) {
  const Memory Before;
  const auto Begin = Clock::now();
  Need Result;
  Result.Started = Start();
  Result.Milliseconds =
      std::chrono::duration<double, std::milli>(Clock::now() - Begin).count();
  Result.Total = Memory();
  Result.Total.Address -= Before.Address;
  Result.Total.Resident -= Before.Resident;
  Result.Total.PageTables -= Before.PageTables;
  Result.Total.KernelStacks -= Before.KernelStacks;
  return Result;
}

struct Waiting {
  std::atomic<long> Here{0};
  std::atomic<bool> Over{false};
};

void *waitHere(void *Room) {
  auto &Shared = *static_cast<Waiting *>(Room);
  ++Shared.Here;
  Shared.Over.wait(false);
  return nullptr;
}

/// Threads that wait, with stacks of \p StackSize.
Need threads(long Count, std::size_t StackSize) {
  Waiting Room;
  std::vector<pthread_t> Started;
  Started.reserve(std::size_t(Count));
  Need Result = measure([&] {
    pthread_attr_t Attributes;
    pthread_attr_init(&Attributes);
    pthread_attr_setstacksize(&Attributes, StackSize);
    pthread_t Thread;
    while (long(Started.size()) != Count &&
           pthread_create(&Thread, &Attributes, waitHere, &Room) == 0)
      Started.push_back(Thread);
    while (Room.Here != long(Started.size()))
      ::usleep(1000);
    return long(Started.size());
  });
  Room.Over = true;
  Room.Over.notify_all();
  for (const pthread_t Thread : Started)
    pthread_join(Thread, nullptr);
  return Result;
}

Task<> waitFor(rt::AsyncEvent &Over) { co_await Over.wait(); }

/// Tasks that wait, on one loop.
Need tasks(long Count) {
  rt::AsyncEvent Over;
  rt::EventLoop Loop;
  Need Result = measure([&] {
    for (long I = 0; I != Count; ++I)
      Loop.spawn(waitFor(Over));
    while (Loop.poll())
      ; // each runs to its wait
    return Count;
  });
  Over.set();
  Loop.run();
  return Result;
}

std::string readable(double Bytes) {
  const char *const Units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
  std::size_t Unit = 0;
  for (; Bytes >= 1024 && Unit != 4; ++Unit)
    Bytes /= 1024;
  char Text[32];
  std::snprintf(Text, sizeof(Text), Unit ? "%.1f %s" : "%.0f %s", Bytes,
                Units[Unit]);
  return Text;
}

/// "1,000,000"
std::string grouped(long Number) {
  std::string Text = std::to_string(Number);
  for (std::size_t Place = Text.size(); Place > 3; Place -= 3)
    Text.insert(Place - 3, ",");
  return Text;
}

/// Measures in a process of its own, prints a row, and returns the resident
/// memory of each.
double row(long Wanted, const char *What,
           const std::function<Need()> &Measure) {
  int Pipe[2];
  if (::pipe(Pipe) != 0)
    return 0;
  const pid_t Child = ::fork();
  if (Child == 0) {
    const Need Found = Measure();
    const bool Written = ::write(Pipe[1], &Found, sizeof(Found)) > 0;
    ::_exit(Written ? 0 : 1);
  }
  ::close(Pipe[1]);
  Need Found;
  const bool Told = ::read(Pipe[0], &Found, sizeof(Found)) == sizeof(Found);
  ::close(Pipe[0]);
  ::waitpid(Child, nullptr, 0);
  if (!Told)
    return 0;

  const double Resident = Found.Total.Resident + Found.Total.PageTables;
  const double Each =
      (Resident + Found.Total.KernelStacks) / double(Found.Started);
  std::printf("%9s %-24s %12s %12s %12s %12s %12s\n",
              grouped(Found.Started).c_str(), What,
              readable(Found.Total.Address).c_str(), readable(Resident).c_str(),
              readable(std::max(Found.Total.KernelStacks, 0.0)).c_str(),
              readable(Each).c_str(),
              (std::to_string(long(Found.Milliseconds)) + " ms").c_str());
  if (Found.Started != Wanted)
    std::printf("          (this machine allows no more; %s were wanted)\n",
                grouped(Wanted).c_str());
  return Resident / double(Found.Started);
}

} // namespace

int main(int Count, char **Arguments) {
  const long Threads = Count > 1 ? std::atol(Arguments[1]) : 10'000;
  const long Tasks = Count > 2 ? std::atol(Arguments[2]) : 1'000'000;
  std::printf("%9s %-24s %12s %12s %12s %12s %12s\n", "", "that wait",
              "address", "resident", "kernel", "each", "to start");
  std::fflush(stdout); // before the processes divide
  const double Thread = row(Threads, "threads, 8 MiB stacks",
                            [&] { return threads(Threads, 8 << 20); });
  const double Small = row(Threads, "threads, 64 KiB stacks",
                           [&] { return threads(Threads, 64 << 10); });
  const double Task = row(Tasks, "tasks", [&] { return tasks(Tasks); });
  return Task > 100 && Thread > 4 * Task && Small > 4 * Task ? 0 : 1;
}
