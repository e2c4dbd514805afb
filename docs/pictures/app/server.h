#pragma once

#include <coroutine>

struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};

struct Request {
  explicit operator bool() const;
};
struct Reply {};

struct Client {
  template <typename ValueT> struct Awaiter {
    bool await_ready() const;
    void await_suspend(std::coroutine_handle<>) const;
    ValueT await_resume() const;
  };
  Awaiter<Request> read();
  Awaiter<void> write(Reply reply);
};

bool token_expired(const Request &request);
Reply answer(const Request &request);
bool ask_issuer();
void refresh_token();
void back_off(int attempts);
