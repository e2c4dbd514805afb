#include "client.h"
#include "task.h"
#include "vendored.h"

struct Drive : vendored::Device {
  void reset() override { client::tune(1); }
};

COROLINT_ALLOW_BLOCKING Task worker() {
  client::onlyFromThreads();
  co_return;
}
