// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/drogonframework/drogon/pull/1143
// A handler sends a request with the client's synchronous overload. The client uses the
// loop of the handler, so the answer never arrives.

#include <drogon/drogon.h>
#include <functional>
using Callback = std::function<void(const drogon::HttpResponsePtr &)>;

void setup_bad(std::shared_ptr<drogon::HttpClient> client) {
  drogon::app().registerHandler("/proxy", [client](const drogon::HttpRequestPtr &req, Callback &&callback) {
    auto [result, response] = client->sendRequest(req); // warn: coro-sync-over-async
    callback(response);
  });
}
void setup_ok(std::shared_ptr<drogon::HttpClient> client) {
  drogon::app().registerHandler("/proxy", [client](const drogon::HttpRequestPtr &req, Callback &&callback) {
    client->sendRequest(req, [callback](drogon::ReqResult, const drogon::HttpResponsePtr &response) {
      callback(response);
    });
  });
}
