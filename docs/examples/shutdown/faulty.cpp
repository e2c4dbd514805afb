// The clean-up has to wait for something, and there is no `co_await` in a
// handler.

#include "support/Reports.h"
#include <chrono>
#include <cstdio>
#include <system_error>

using namespace examples;
using namespace std::chrono_literals;
namespace rt = corolint::rt;
using rt::Task;

namespace {

Task<> flush() {
  co_await rt::sleep_for(2ms);
  std::puts("data is on the disk");
}

Task<> client() {
  try {
    for (;;)
      co_await rt::sleep_for(1ms);
  } catch (const rt::Cancelled &) {
    try {
      rt::sync_wait(flush());
    } catch (const std::system_error &Error) {
      std::printf("nothing was written: %s\n", Error.code().message().c_str());
    }
    throw;
  }
}

Task<> program() {
  rt::TaskScope Clients;
  Clients.spawn(client());
  co_await rt::sleep_for(5ms);
  Clients.request_stop();
  co_await Clients.join();
}

} // namespace

int main() {
  const Reports Watched;
  rt::EventLoop Loop;
  Loop.run(program());
  return 0;
}
