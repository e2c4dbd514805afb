#include "server.h"

Lazy Server::publish() {
  if (!Peer)
    co_return;
  co_await flush();
  Peer->send(1); // onClosed() resets it.
}

Lazy Server::broadcast() {
  for (int Id : Members) { // onJoin() inserts.
    co_await flush();
    Peer->send(Id);
  }
}

// The map's iterators stay valid.
Lazy Server::rename() {
  for (auto &[Id, Name] : Names)
    co_await flush();
}

// onJoin() sets it, and is forgotten.
Lazy Server::finish() {
  if (Dirty) {
    co_await flush();
    Dirty = false;
  }
}

// Others only write the same.
Lazy Server::drain() {
  if (Running) {
    co_await flush();
    Running = false;
  }
}

// Nobody else changes it.
Lazy Server::claim() {
  if (!Backup)
    co_return;
  co_await flush();
  Backup->send(2);
}

// step() calls fail(), which is private.
Lazy Server::retry() {
  if (Failed) {
    co_await flush();
    Failed = false;
  }
}

// Nobody calls the private function that changes it.
Lazy Server::forget() {
  if (Known) {
    co_await flush();
    Known = false;
  }
}

// onStop(), which changes it, also sets what is checked again.
Lazy Server::notify() {
  if (!Backup || !Spare)
    co_return;
  co_await flush();
  if (Running)
    Spare->send(5);
}

// start() runs several of these on one object.
Lazy Server::count() {
  const int Before = Total;
  co_await flush();
  Total = Before + 1;
}

// Only step() changes it, which runs this coroutine, and waits for nothing.
Lazy Server::tally() {
  const int Before = Steps;
  co_await flush();
  Steps = Before + 1;
}

Lazy print() {
  if (!Console)
    co_return;
  co_await flush();
  Console->send(3);
}

Lazy Pair::move() {
  if (!Left.At)
    co_return;
  co_await flush();
  Left.At->send(4);
}
