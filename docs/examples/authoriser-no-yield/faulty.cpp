// The same, waiting for the office as one did before coroutines. It is isolated
// just as well. But whoever calls `pass()` from a coroutine cannot see that the
// thread, and all the others with it, stands still in there.

#include "support/PassOffice.h"
#include "support/Reports.h"
#include <arpa/inet.h>
#include <cstdio>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace examples;

namespace {

/// Asks the office, and holds the thread until it has answered.
__attribute__((noinline)) Pass fetchPass(rt::Endpoint Office) {
  const int Connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in Address{};
  Address.sin_family = AF_INET;
  Address.sin_addr.s_addr = htonl(Office.Address);
  Address.sin_port = htons(Office.Port);
  char Text[16];
  Pass Result;
  if (::connect(Connection, reinterpret_cast<sockaddr *>(&Address),
                sizeof(Address)) == 0) {
    const ssize_t Size = ::recv(Connection, Text, sizeof(Text), 0);
    if (Size > 0)
      Result = readPass(Text, std::size_t(Size), 10s);
  }
  ::close(Connection);
  return Result;
}

class Authoriser {
public:
  explicit Authoriser(const PassOffice &Office) : Office(Office) {}

  COROLINT_NO_YIELD Pass pass() {
    const rt::NoYieldScope Alone;
    if (!Held.valid())
      Held = fetchPass(Office.address());
    return Held;
  }

private:
  const PassOffice &Office;
  Pass Held;
};

Task<bool> sendOne(const PassOffice &Office) {
  Authoriser Auth(Office);
  co_await rt::yield_now();
  const Pass Mine = Auth.pass();
  std::printf("one request went well, with pass %d\n", Mine.Number);
  co_return rt::Contracts::count(rt::ViolationKind::Stall) == 1;
}

} // namespace

int main() {
  const PassOffice Office(300ms);
  const Reports Shown;
  rt::WatchOptions Watch;
  Watch.Stall = 100ms;
  rt::Contracts::watch(Watch);
  rt::EventLoop Loop;
  return Loop.run(sendOne(Office)) ? 0 : 1;
}
