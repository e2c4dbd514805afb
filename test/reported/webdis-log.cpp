// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// https://github.com/nicolasff/webdis/pull/187
// Every line of the log is synced to the disk, from the callbacks of the event loop.
#include <cstdio>
#include <cstring>
#include <string>
#include <unistd.h>
extern "C" {
struct event_base;
struct timeval;
struct event { void *impl[16]; };
typedef void (*event_callback_fn)(int, short, void *);
void event_set(struct event *, int, short, void (*)(int, short, void *), void *);
int event_base_set(struct event_base *, struct event *);
int event_add(struct event *ev, const struct timeval *timeout);
struct event_base *event_base_new(void);
struct event *event_new(struct event_base *, int, short, event_callback_fn, void *);
}
#define EV_READ 0x02
#define EV_TIMEOUT 0x01

struct Log {
  int fd;
  void write_bad(const std::string &line) {
    ssize_t n = ::write(fd, line.data(), line.size());
    if (n == static_cast<ssize_t>(line.size()))
      fsync(fd);
  }
  std::string pending; // written and synced by a thread of its own
  void write_ok(const std::string &line) { pending += line; }
};
struct Client {
  int fd;
  event ev;
  Log *log;
  void parse_bad() { log->write_bad("GET /"); }
  void parse_ok() { log->write_ok("GET /"); }
};
static void can_read_bad(int, short, void *p) {
  auto *c = static_cast<Client *>(p);
  c->parse_bad(); // warn: coro-blocking-call
}
static void can_read_ok(int, short, void *p) {
  auto *c = static_cast<Client *>(p);
  c->parse_ok();
}
void monitor(event_base *base, Client *c) {
  event_set(&c->ev, c->fd, EV_READ, can_read_bad, c);
  event_base_set(base, &c->ev);
  event_add(&c->ev, nullptr);
  event_add(event_new(base, c->fd, EV_READ, can_read_ok, c), nullptr);
}
