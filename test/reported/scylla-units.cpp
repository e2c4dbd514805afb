// RUN: %check_corolint %s coro-discarded-task %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/pull/28581
// The future of a semaphore's units is stored and never awaited: nothing is
// held, and nodiscard is silent.

#include <map>
#include <seastar/seastar.hh>
#include <string>
using seastar::future;

struct Dictionaries {
  seastar::semaphore training{1};
  std::map<std::string, std::string> trained;
  future<std::string> train(std::string table);

  future<> reported_bad(std::string table) {
    auto units = seastar::get_units(training, 1); // warn: coro-discarded-task
    auto dict = co_await train(table);
    trained.insert_or_assign(table, std::move(dict));
  }
  future<> mended_ok(std::string table) {
    auto units = co_await seastar::get_units(training, 1);
    auto dict = co_await train(table);
    trained.insert_or_assign(table, std::move(dict));
  }
  future<> later_ok(std::string table) {
    auto pending = seastar::get_units(training, 1);
    auto dict = co_await train(table);
    auto units = co_await std::move(pending);
    trained.insert_or_assign(table, std::move(dict));
  }
};
