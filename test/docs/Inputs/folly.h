// What the examples of docs/libraries/folly.md take for granted.

#include <folly/folly.h>

#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

using folly::coro::Task;

struct Handle {
  Task<bool> request_update();
  int largest();
};

Task<int> work();
folly::SemiFuture<int> query();
Task<> connect(folly::SocketAddress address);
Task<> persist(int entry);
void reply(int value);
