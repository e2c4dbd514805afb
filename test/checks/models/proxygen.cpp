// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// What the model of proxygen says: handlers run on the loop of their session.

#include <proxygen/proxygen.h>
#include <thread>

void block() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }
using Message = std::unique_ptr<proxygen::HTTPMessage>;
using Body = std::unique_ptr<folly::IOBuf>;

struct Request : proxygen::RequestHandler {
  void onRequest(Message) noexcept override { block(); }                // warn: coro-blocking-call
  void onBody(Body) noexcept override { block(); }                      // warn: coro-blocking-call
  void onUpgrade(proxygen::UpgradeProtocol) noexcept override { block(); } // warn: coro-blocking-call
  void onEOM() noexcept override { block(); }                           // warn: coro-blocking-call
  void requestComplete() noexcept override { block(); }                 // warn: coro-blocking-call
  void onError(proxygen::ProxygenError) noexcept override { block(); }  // warn: coro-blocking-call
  void onGoaway(proxygen::ErrorCode) noexcept override { block(); }     // warn: coro-blocking-call
  void onEgressPaused() noexcept override { block(); }                  // warn: coro-blocking-call
  void onEgressResumed() noexcept override { block(); }                 // warn: coro-blocking-call
  void another_ok() { block(); }
};
struct Transaction : proxygen::HTTPTransactionHandler {
  void setTransaction(proxygen::HTTPTransaction *) noexcept override { block(); } // warn: coro-blocking-call
  void detachTransaction() noexcept override { block(); }                         // warn: coro-blocking-call
  void onHeadersComplete(Message) noexcept override { block(); }                  // warn: coro-blocking-call
  void onBody(Body) noexcept override { block(); }                                // warn: coro-blocking-call
  void onChunkHeader(std::size_t) noexcept override { block(); }                  // warn: coro-blocking-call
  void onChunkComplete() noexcept override { block(); }                           // warn: coro-blocking-call
  void onTrailers(std::unique_ptr<proxygen::HTTPHeaders>) noexcept override { block(); } // warn: coro-blocking-call
  void onEOM() noexcept override {}
  void onUpgrade(proxygen::UpgradeProtocol) noexcept override { block(); } // warn: coro-blocking-call
  void onError(const proxygen::HTTPException &) noexcept override { block(); } // warn: coro-blocking-call
  void onEgressPaused() noexcept override { block(); }                     // warn: coro-blocking-call
  void onEgressResumed() noexcept override { block(); }                    // warn: coro-blocking-call
  void onGoaway(proxygen::ErrorCode) noexcept override { block(); }        // warn: coro-blocking-call
  void onDatagram(Body) noexcept override { block(); }                     // warn: coro-blocking-call
};
struct Sessions : proxygen::HTTPSessionBase::InfoCallback {
  void onCreate(const proxygen::HTTPSessionBase &) override { block(); } // warn: coro-blocking-call
  void onDestroy(const proxygen::HTTPSessionBase &) override {}
};
struct Connected : proxygen::HTTPConnector::Callback {
  void connectSuccess(proxygen::HTTPUpstreamSession *) override { block(); } // warn: coro-blocking-call
  void connectError(const std::exception &) override { block(); }            // warn: coro-blocking-call
};
// The server itself: its thread is there to wait.
struct Restarts : proxygen::RequestHandlerFactory {
  proxygen::HTTPServer &server;
  proxygen::RequestHandler *onRequest(proxygen::RequestHandler *, proxygen::HTTPMessage *) noexcept override {
    server.start(); // warn: coro-blocking-call
    return nullptr;
  }
};
inline void main_ok(proxygen::HTTPServer &server) { server.start(); }
