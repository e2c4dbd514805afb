#include "api.h"

Lazy third(const std::string &s) {
  co_await Wait();
  use(s);
}
Eager thirdEager(const std::string &s) {
  co_await Wait();
  use(s);
}
