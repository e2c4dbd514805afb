#include "client.h"
#include "vendored.h"

// Asynchronous code gets here through another unit.
static void deeper(client::Session &session) { session.waitAll(); }

void helper() {
  client::Session session;
  deeper(session);
  vendored::sendFrame();
}

// Nobody calls it.
void idle() { client::onlyFromThreads(); }
