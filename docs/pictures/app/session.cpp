#include "server.h"

// Answers one client. All clients share the thread of the event loop.
Task serve(Client &client) {
  while (Request request = co_await client.read()) {
    if (token_expired(request))
      refresh_token();
    co_await client.write(answer(request));
  }
}
