// RUN: %agreement %s %t
//
// A server and a client over loopback.

#include "corolint/rt.h"
#include <string_view>

using namespace corolint::rt;

static Task<void> serve(Listener &Server) {
  Socket Client = co_await Server.accept();
  char Buffer[64];
  while (const std::size_t Size = co_await Client.read(Buffer))
    co_await Client.write_all({Buffer, Size});
}

static Task<bool> ask(Endpoint Server) {
  Socket Connection = co_await Socket::connect(Server);
  co_await Connection.write_all(std::string_view("hello"));
  Connection.shutdown_write();
  char Buffer[64];
  std::size_t Size = 0;
  while (const std::size_t More =
             co_await Connection.read(std::span<char>(Buffer).subspan(Size)))
    Size += More;
  co_return std::string_view(Buffer, Size) == "hello";
}

static Task<bool> f() {
  Listener Server(Endpoint::loopback(0));
  auto [Nothing, Same] = co_await when_all(serve(Server), ask(Server.local()));
  co_return Same;
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) ? 0 : 1;
}
