// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/logs.yaml"}}'
// What a class that writes a log writes to a file is output.

#include "coro.h"
#include <fstream>
#include <string>
#include <thread>
using namespace coro;

struct FileWriter {
  std::ofstream out;
  void append(const std::string &line) { out << line; }
  void roll() { out.close(); }
};

struct file_logger {
  std::ofstream out;
  FileWriter writer;
  struct Entry {
    std::ofstream &out;
    ~Entry() { out << '\n'; }
  };
  void write(const std::string &line) { out << line; }
  void rotate() { writer.roll(); }
  Entry entry() { return {out}; }
};
struct HTTPLogger : file_logger {
  void access(const std::string &path) { out << path; }
};
struct Journal_ {
  std::ofstream out;
  void write(const std::string &line) { out << line; }
};

task<> logs_ok(file_logger &log, HTTPLogger &http, Journal_ &journal) {
  log.write("started");
  log.rotate();
  log.entry();
  http.access("/");
  journal.write("started");
  co_await async_op();
}

// What a log does besides still counts.
struct SlowLogger {
  void flush() { std::this_thread::sleep_for(std::chrono::seconds(1)); }
};
// The whole last word must be one of a log.
struct Dialogger {
  std::ofstream out;
  void write() { out << 1; }
};
struct LoggerFile {
  std::ofstream out;
  void write() { out << 1; }
};
task<> no_log_bad(SlowLogger &slow, Dialogger &d, LoggerFile &f, FileWriter &w) {
  slow.flush();  // warn: coro-blocking-call
  d.write();     // warn: coro-blocking-call
  f.write();     // warn: coro-blocking-call
  w.append("x"); // warn: coro-blocking-call
  co_await async_op();
}

// Of a class `Log`, only the method `log` writes a log.
struct Log {
  std::ofstream out;
  void log(const std::string &line) { out << line; }
  void append(const std::string &entry) { out << entry; }
};
task<> log_method_ok(Log &log) {
  log.log("started");
  co_await async_op();
}
task<> log_of_database_bad(Log &log) {
  log.append("entry"); // warn: coro-blocking-call
  co_await async_op();
}
