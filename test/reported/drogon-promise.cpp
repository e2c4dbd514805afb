// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/drogonframework/drogon/issues/400
// A handler asks another server and waits for the answer with a promise. Its IO thread may be the one that receives
// the answer.
#include <drogon/drogon.h>
#include <functional>
#include <future>
#include <utility>
using namespace drogon;
using Callback = std::function<void(const HttpResponsePtr &)>;

void register_bad(HttpClient &client, const HttpRequestPtr &check) {
  app().registerHandler("/bad", [&client, check](const HttpRequestPtr &, Callback &&callback) {
    std::promise<bool> valid;
    client.sendRequest(check, [&valid](ReqResult result, const HttpResponsePtr &) {
      valid.set_value(result == ReqResult::Ok);
    });
    if (valid.get_future().get()) // warn: coro-sync-over-async
      callback(HttpResponse::newHttpResponse());
  });
}
void register_ok(HttpClient &client, const HttpRequestPtr &check) {
  app().registerHandler("/ok", [&client, check](const HttpRequestPtr &, Callback &&callback) {
    client.sendRequest(check, [callback = std::move(callback)](ReqResult result, const HttpResponsePtr &) {
      if (result == ReqResult::Ok)
        callback(HttpResponse::newHttpResponse());
    });
  });
}
Task<HttpResponsePtr> coroutine_ok(HttpClient &client, HttpRequestPtr check) {
  co_return co_await client.sendRequestCoro(check);
}
