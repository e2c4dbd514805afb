// proxygen as of 2026-08 (2de9da0b9), as far as
// lib/model/proxygen.yaml names it.
#ifndef COROLINT_STUB_PROXYGEN_H
#define COROLINT_STUB_PROXYGEN_H

#include "../coroutine.h"

namespace proxygen {
namespace HTTPConnector {
class Callback {
public:
  virtual void connectError();
  virtual void connectSuccess();
};

} // namespace HTTPConnector

namespace coro {
class HTTPHandler {
public:
  virtual void handleRequest();
};

} // namespace coro

class HTTPServer {
public:
  void start();
};

class RequestHandler {
public:
  virtual void onBody();
  virtual void onEOM();
  virtual void onError();
  virtual void onRequest();
  virtual void requestComplete();
};

class HTTPTransactionHandler {
public:
  virtual void onBody();
  virtual void onEOM();
  virtual void onError();
  virtual void onHeadersComplete();
};

class RequestHandlerFactory {
public:
  virtual void onRequest();
};

} // namespace proxygen

#endif // COROLINT_STUB_PROXYGEN_H
