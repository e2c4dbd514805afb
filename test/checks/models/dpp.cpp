// RUN: %check_corolint %s \
// RUN:   coro-blocking-call,coro-dangling-reference,coro-discarded-task,coro-sync-over-async %t \
// RUN:   -std=c++20 -- -- -isystem %source/test/model-headers/stubs
// D++: what its coroutines wait for, and where handlers run.

#include "coro.h"
#include <dpp/dpp.h>
#include <memory>
using namespace std::chrono_literals;

COROLINT_BLOCKING int block();
dpp::task<int> load(int);
dpp::coroutine<int> later(int);

dpp::task<> wait_bad(dpp::cluster &bot, dpp::message text) {
  load(1).sync_wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: call to 'sync_wait' waits synchronously for asynchronous work in coroutine 'wait_bad'
  // CHECK-FIXES: co_await load(1);
  bot.co_message_create(text).sync_wait_for(5s); // warn: coro-sync-over-async
  co_return;
}
dpp::task<> awaited_ok(dpp::cluster &bot, dpp::message text) {
  co_await load(1);
  co_await bot.co_message_create(text);
  co_await bot.co_sleep(5);
}
int at_start_ok() { return load(1).sync_wait(); }
dpp::task<> fulfilled_ok(dpp::basic_promise<int> promise) {
  promise.set_value(1);
  auto ready = promise.get_awaitable();
  ready.sync_wait();
  co_return;
}

dpp::task<> fulfilled_before_asked_ok(dpp::basic_promise<int> promise) {
  promise.set_value(1);
  promise.get_awaitable().sync_wait();
  co_return;
}
// A wait of length zero proves nothing.
dpp::task<> polled_bad(dpp::async<int> polled) {
  polled.sync_wait_for(0s);
  polled.sync_wait(); // warn: coro-sync-over-async
  polled.sync_wait();
  co_return;
}

dpp::task<> start_bad(dpp::cluster &bot) {
  bot.start(dpp::st_wait); // warn: coro-blocking-call
  co_return;
}
dpp::task<> start_ok(dpp::cluster &bot) {
  bot.start(dpp::st_return);
  co_return;
}

/// Answers arrive on the pool that the answer waited for needs.
void answer_bad(dpp::cluster &bot, dpp::message text) {
  bot.message_create(text, [&bot, text](dpp::confirmation_callback_t) {
    bot.co_message_create(text).sync_wait(); // warn: coro-sync-over-async
  });
}
void answer_ok(dpp::cluster &bot, dpp::message text) {
  bot.message_create(text, [](dpp::confirmation_callback_t) { block(); });
  bot.queue_work(1, [] { block(); });
}
void event_bad(dpp::cluster &bot) {
  bot.on_slashcommand([](const dpp::slashcommand_t &event) {
    event.co_reply("pong").sync_wait(); // warn: coro-sync-over-async
  });
}
void timer_bad(dpp::cluster &bot) {
  bot.start_timer([](dpp::timer) {
    block(); // warn: coro-blocking-call
  }, 60);
}

/// The router keeps the lambda.
void lambda_ok(dpp::cluster &bot, std::string answer) {
  bot.on_slashcommand([answer](const dpp::slashcommand_t &event) -> dpp::task<> {
    co_await event.co_reply("thinking");
    co_await event.co_reply(answer);
  });
}

dpp::task<> dropped_bad() {
  load(1); // warn: coro-discarded-task
  later(1); // warn: coro-discarded-task
  co_await load(2);
}
/// The call has been made, and is not cancelled.
dpp::task<> sent_ok(dpp::cluster &bot, dpp::message text) {
  (void)bot.co_message_create(text);
  co_return;
}
dpp::job started_bad(const std::string &text) {
  co_await load(1);
  co_await load(static_cast<int>(text.size())); // warn: coro-dangling-reference
}
