#include "api.h"
#include <unistd.h>

static void internal() {}

void harmless() { internal(); }

COROLINT_ALLOW_BLOCKING void allowed() { sleep(1); }

void recursive(int depth) {
  if (depth > 0)
    return recursive(depth - 1);
  one();
}

void Store::flush() {}
Store::~Store() {}

void invoke(Callback callback) { callback(); }

static Callback kept;
void keep(Callback callback) { kept = callback; }

void sleeps() { sleep(1); }

int fetch() {
  Future future;
  return future.get();
}

COROLINT_YIELDS void turn();
void pump() { turn(); }

void onEvent() { sleep(1); }
void onQuietEvent() { sleep(2); } // NOLINT(coro-*)
