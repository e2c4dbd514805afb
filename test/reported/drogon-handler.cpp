// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/drogonframework/drogon/issues/1068
// A handler sleeps and copies a file: every other request of the thread waits.

#include <drogon/drogon.h>
#include <filesystem>
#include <thread>

using namespace std::chrono_literals;
using Reply = std::function<void(const drogon::HttpResponsePtr &)>;

void serve_bad() {
  drogon::app().registerHandler(
      "/deploy", [](const drogon::HttpRequestPtr &, Reply &&reply) {
        std::this_thread::sleep_for(10s); // warn: coro-blocking-call
        std::filesystem::copy_file("next", "live"); // warn: coro-blocking-call
        reply(drogon::HttpResponse::newHttpResponse());
      });
}

void serve_ok(trantor::ConcurrentTaskQueue &workers) {
  drogon::app().registerHandler(
      "/deploy", [&workers](const drogon::HttpRequestPtr &, Reply &&) {
        workers.runTaskInQueue([] {
          std::this_thread::sleep_for(10s);
          std::filesystem::copy_file("next", "live");
        });
      });
}
