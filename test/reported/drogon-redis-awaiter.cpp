// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/drogonframework/drogon/pull/1631
// An awaiter asks for a transaction and resumes the coroutine in the callback.
// The callback captures the handle, a parameter of await_suspend, by reference.
#include <drogon/drogon.h>
#include <coroutine>
#include <exception>
#include <memory>
#include <stdexcept>
using drogon::nosql::RedisClient;
using drogon::nosql::RedisTransaction;

class AwaiterBase {
protected:
  std::shared_ptr<RedisTransaction> value_;
  std::exception_ptr exception_;
public:
  bool await_ready() const noexcept { return false; }
  std::shared_ptr<RedisTransaction> await_resume() {
    if (exception_)
      std::rethrow_exception(exception_);
    return std::move(value_);
  }
};

class TransactionAwaiterBroken : public AwaiterBase {
  RedisClient *client_;
public:
  explicit TransactionAwaiterBroken(RedisClient *client) : client_(client) {}
  void await_suspend(std::coroutine_handle<> handle) {
    client_->newTransactionAsync([this, &handle](const std::shared_ptr<RedisTransaction> &transaction) { // warn: coro-dangling-reference
      if (transaction)
        value_ = transaction;
      else
        exception_ = std::make_exception_ptr(std::runtime_error("no connection available"));
      handle.resume();
    });
  }
};
class TransactionAwaiterFixed : public AwaiterBase {
  RedisClient *client_;
public:
  explicit TransactionAwaiterFixed(RedisClient *client) : client_(client) {}
  void await_suspend(std::coroutine_handle<> handle) {
    client_->newTransactionAsync([this, handle](const std::shared_ptr<RedisTransaction> &transaction) {
      if (transaction)
        value_ = transaction;
      else
        exception_ = std::make_exception_ptr(std::runtime_error("no connection available"));
      handle.resume();
    });
  }
};
drogon::Task<bool> begin_bad(RedisClient &client) { co_return co_await TransactionAwaiterBroken(&client) != nullptr; }
drogon::Task<bool> begin_ok(RedisClient &client) { co_return co_await TransactionAwaiterFixed(&client) != nullptr; }
