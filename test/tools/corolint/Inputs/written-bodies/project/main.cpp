#include "task.h"
#include <asio.hpp>
#include <unistd.h>

static void slowly() { sleep(1); }

Task byCall() {
  asio::call(&slowly);
  co_await std::suspend_always();
}

Task byCount(int first) {
  if (asio::count(first) == 0) {
    sleep(1);
    asio::fail(); // The process ends here.
  }
  co_await std::suspend_always();
}
