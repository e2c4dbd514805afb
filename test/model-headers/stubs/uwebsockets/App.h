// uWebSockets 20 as of 2026-08 (66dcff3), and the hub of version 0.14, as far as
// lib/model/uwebsockets.yaml names them.
#ifndef COROLINT_STUB_UWEBSOCKETS_APP_H
#define COROLINT_STUB_UWEBSOCKETS_APP_H

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace uWS {

/// The library's own is move-only.
template <class Signature> using MoveOnlyFunction = std::function<Signature>;

struct Loop {
  static Loop *get();
  void defer(MoveOnlyFunction<void()> &&cb);
  void addPostHandler(void *key, MoveOnlyFunction<void(Loop *)> &&handler);
  void addPreHandler(void *key, MoveOnlyFunction<void(Loop *)> &&handler);
  void run();
};
inline void run() { Loop::get()->run(); }

struct HttpRequest {
  std::string_view getUrl();
};
template <bool SSL> struct HttpResponse {
  void end(std::string_view data = {}, bool closeConnection = false);
  HttpResponse *onWritable(MoveOnlyFunction<bool(std::uintmax_t)> &&handler);
  HttpResponse *onAborted(MoveOnlyFunction<void()> &&handler);
  void onData(MoveOnlyFunction<void(std::string_view, bool)> &&handler);
};

template <bool SSL> struct TemplatedApp {
  using Handler = MoveOnlyFunction<void(HttpResponse<SSL> *, HttpRequest *)>;
  TemplatedApp &&get(std::string pattern, Handler &&handler);
  TemplatedApp &&post(std::string pattern, Handler &&handler);
  TemplatedApp &&options(std::string pattern, Handler &&handler);
  TemplatedApp &&del(std::string pattern, Handler &&handler);
  TemplatedApp &&patch(std::string pattern, Handler &&handler);
  TemplatedApp &&put(std::string pattern, Handler &&handler);
  TemplatedApp &&head(std::string pattern, Handler &&handler);
  TemplatedApp &&connect(std::string pattern, Handler &&handler);
  TemplatedApp &&trace(std::string pattern, Handler &&handler);
  TemplatedApp &&any(std::string pattern, Handler &&handler);
  TemplatedApp &&run();
};
using App = TemplatedApp<false>;

// Version 0.14.
constexpr bool SERVER = true;
enum OpCode : unsigned char { TEXT = 1, BINARY = 2 };
template <bool isServer> struct WebSocket {
  void send(const char *message, std::size_t length, OpCode opCode);
};
template <bool isServer> struct Group {
  using Socket = WebSocket<isServer>;
  void onConnection(std::function<void(Socket *, HttpRequest)> handler);
  void onMessage(
      std::function<void(Socket *, char *, std::size_t, OpCode)> handler);
  void onDisconnection(
      std::function<void(Socket *, int, char *, std::size_t)> handler);
  void onPing(std::function<void(Socket *, char *, std::size_t)> handler);
  void onPong(std::function<void(Socket *, char *, std::size_t)> handler);
  void onError(std::function<void(void *)> handler);
  void onHttpRequest(std::function<void(HttpResponse<false> *, HttpRequest,
                                        char *, std::size_t, std::size_t)>
                         handler);
};
struct Hub : Group<SERVER> {
  bool listen(int port);
  void run();
};

} // namespace uWS

#endif // COROLINT_STUB_UWEBSOCKETS_APP_H
