// proxygen as of 2026-08 (2de9da0b9), as far as lib/model/proxygen.yaml names it.
#ifndef COROLINT_STUB_PROXYGEN_H
#define COROLINT_STUB_PROXYGEN_H

#include "../coroutine.h"
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace folly {
class IOBuf {};
} // namespace folly

namespace proxygen {
class HTTPMessage {};
class HTTPHeaders {};
class HTTPException {};
class HTTPTransaction {};
class HTTPSessionBase;
class HTTPUpstreamSession;
enum class UpgradeProtocol { Tcp };
enum class ProxygenError { None };
enum class ErrorCode { NO_ERROR };

class HTTPConnector {
public:
  class Callback {
  public:
    virtual ~Callback();
    virtual void connectSuccess(HTTPUpstreamSession *) = 0;
    virtual void connectError(const std::exception &) = 0;
    virtual void preConnect(void *) {}
  };
};

class HTTPSessionBase {
public:
  class InfoCallback {
  public:
    virtual ~InfoCallback();
    virtual void onCreate(const HTTPSessionBase &) {}
    virtual void onTransportReady(const HTTPSessionBase &) {}
    virtual void onIngressError(const HTTPSessionBase &, ProxygenError) {}
    virtual void onRead(const HTTPSessionBase &, std::size_t) {}
    virtual void onWrite(const HTTPSessionBase &, std::size_t) {}
    virtual void onRequestBegin(const HTTPSessionBase &) {}
    virtual void onRequestEnd(const HTTPSessionBase &, std::uint32_t) {}
    virtual void onActivateConnection(const HTTPSessionBase &) {}
    virtual void onDeactivateConnection(const HTTPSessionBase &) {}
    virtual void onDestroy(const HTTPSessionBase &) {}
    virtual void onIngressMessage(const HTTPSessionBase &,
                                  const HTTPMessage &) {}
  };
};

namespace coro {
class HTTPHandler {
public:
  virtual ~HTTPHandler();
  virtual void handleRequest() = 0;
};
} // namespace coro

class HTTPServer {
public:
  void start(std::function<void()> started = nullptr);
  void stop();
};

class RequestHandler {
public:
  virtual ~RequestHandler();
  virtual void onRequest(std::unique_ptr<HTTPMessage>) noexcept = 0;
  virtual void onBody(std::unique_ptr<folly::IOBuf>) noexcept = 0;
  virtual void onUpgrade(UpgradeProtocol) noexcept = 0;
  virtual void onEOM() noexcept = 0;
  virtual void requestComplete() noexcept = 0;
  virtual void onError(ProxygenError) noexcept = 0;
  virtual void onGoaway(ErrorCode) noexcept {}
  virtual void onEgressPaused() noexcept {}
  virtual void onEgressResumed() noexcept {}
};

class HTTPTransactionHandler {
public:
  virtual ~HTTPTransactionHandler();
  virtual void setTransaction(HTTPTransaction *) noexcept = 0;
  virtual void detachTransaction() noexcept = 0;
  virtual void onHeadersComplete(std::unique_ptr<HTTPMessage>) noexcept = 0;
  virtual void onBody(std::unique_ptr<folly::IOBuf>) noexcept = 0;
  virtual void onBodyWithOffset(std::uint64_t,
                                std::unique_ptr<folly::IOBuf>) {}
  virtual void onChunkHeader(std::size_t) noexcept {}
  virtual void onChunkComplete() noexcept {}
  virtual void onTrailers(std::unique_ptr<HTTPHeaders>) noexcept = 0;
  virtual void onEOM() noexcept = 0;
  virtual void onUpgrade(UpgradeProtocol) noexcept = 0;
  virtual void onError(const HTTPException &) noexcept = 0;
  virtual void onInvariantViolation(const HTTPException &) noexcept {}
  virtual void onEgressPaused() noexcept = 0;
  virtual void onEgressResumed() noexcept = 0;
  virtual void onPushedTransaction(HTTPTransaction *) noexcept {}
  virtual void onGoaway(ErrorCode) noexcept {}
  virtual void onDatagram(std::unique_ptr<folly::IOBuf>) noexcept {}
  virtual void onWebTransportBidiStream(std::uint64_t) noexcept {}
  virtual void onWebTransportUniStream(std::uint64_t) noexcept {}
  virtual void onWebTransportSessionClose(std::uint32_t) noexcept {}
};

class RequestHandlerFactory {
public:
  virtual ~RequestHandlerFactory();
  virtual RequestHandler *onRequest(RequestHandler *,
                                    HTTPMessage *) noexcept = 0;
};
} // namespace proxygen

#endif // COROLINT_STUB_PROXYGEN_H
