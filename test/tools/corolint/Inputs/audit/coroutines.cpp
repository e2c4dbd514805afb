#include "client.h"
#include "task.h"
#include "vendored.h"
#include <chrono>

Task first(client::Session &session, vendored::Device &device) {
  session.waitAll();
  session.waitAll(3);
  helper();
  device.transfer();
  device.reset();
  session.inlined();
  vendored::annotated();
  client::described();
  std::chrono::steady_clock::now();
  co_return;
}

Task second(client::Session &session) {
  session.waitAll();
  session.isWaiting();
  vendored::sendFrame();
  if (client_version() < 2)
    client::abandon();
  co_return;
}
