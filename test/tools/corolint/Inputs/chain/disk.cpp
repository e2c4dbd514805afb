#include "api.h"
#include <unistd.h>

struct DiskStore : Store {
  void flush() override { sleep(1); }
};

Store &diskStore() {
  static DiskStore store;
  return store;
}
