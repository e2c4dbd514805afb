#include "api.h"
#include <unistd.h>

// Sleeps only where the process ends.
Task direct(int *P) {
  if (!P) {
    ::sleep(1);
    die("no pointer");
  }
  co_await tick();
}

// warn() may return.
Task returns(int *P) {
  if (!P) {
    ::sleep(1);         // reported
    warn("no pointer"); // reported
  }
  co_await tick();
}

// One branch ends the process; the other goes on.
Task branches(int *P) {
  ::sleep(1); // reported
  if (!P)
    die("no pointer");
  co_await tick();
}

// Through functions of this file, and of others.
Task through(int *P) {
  assure(P);
  check(*P);
  hope(P); // reported
  co_await tick();
}

// What ends the process does not sleep for anyone.
Task ends() {
  die("now");
  co_return;
}
