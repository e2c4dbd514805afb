// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// The arguments count: a call that may not wait does not block.

#include "coro.h"
#include <chrono>
#include <condition_variable>
#include <fcntl.h>
#include <mutex>
#include <netdb.h>
#include <poll.h>
#include <semaphore>
#include <shared_mutex>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/wait.h>
using namespace coro;
using namespace std::chrono_literals;

task<> poll_bad(pollfd *fds, int timeout) {
  poll(fds, 1, -1); // warn: coro-blocking-call
  poll(fds, 1, 100); // warn: coro-blocking-call
  poll(fds, 1, timeout); // warn: coro-blocking-call
  poll(fds, 1, timeout ? 0 : -1); // warn: coro-blocking-call
  ppoll(fds, 1, nullptr, nullptr); // warn: coro-blocking-call
  co_return;
}

constexpr int no_time = 0;
enum { none = 0 };
#define NO_TIME 0
task<> poll_ok(pollfd *fds) {
  poll(fds, 1, 0);
  poll(fds, 1, no_time);
  poll(fds, 1, none);
  poll(fds, 1, NO_TIME);
  poll(fds, 1, (0));
  poll(fds, 1, 1 - 1);
  poll(fds, 1, int(0.0));
  const int local = 0;
  poll(fds, 1, local);
  co_return;
}

template <int Timeout> task<> poll_template(pollfd *fds) {
  poll(fds, 1, Timeout); // warn: coro-blocking-call
  co_return;
}
template <int Timeout> task<> poll_template_ok(pollfd *fds) {
  poll(fds, 1, Timeout);
  co_return;
}
void instantiate() {
  (void)poll_template<0>(nullptr);
  (void)poll_template<1>(nullptr);
  (void)poll_template_ok<0>(nullptr);
}

task<> epoll(int fd, epoll_event *events) {
  epoll_wait(fd, events, 1, -1); // warn: coro-blocking-call
  epoll_wait(fd, events, 1, 0);
  co_return;
}

task<> select_timeout(fd_set *fds) {
  timeval zero{0, 0};
  timeval zero_by_default{};
  const timeval one{1, 0};
  select(1, fds, nullptr, nullptr, nullptr); // warn: coro-blocking-call
  select(1, fds, nullptr, nullptr, const_cast<timeval *>(&one)); // warn: coro-blocking-call
  select(1, fds, nullptr, nullptr, &zero);
  select(1, fds, nullptr, nullptr, &zero_by_default);
  co_return;
}

task<> select_changed_timeout_bad(fd_set *fds) {
  timeval t{0, 0};
  t.tv_sec = 1;
  select(1, fds, nullptr, nullptr, &t); // warn: coro-blocking-call
  co_return;
}

task<> waitpid_flags(int *status, int flags) {
  waitpid(1, status, 0); // warn: coro-blocking-call
  waitpid(1, status, WUNTRACED); // warn: coro-blocking-call
  waitpid(1, status, flags); // warn: coro-blocking-call
  waitpid(1, status, WNOHANG);
  waitpid(1, status, WNOHANG | WUNTRACED);
  waitpid(1, status, flags | WNOHANG);
  waitpid(1, status, 1);
  co_return;
}

task<> recv_flags(int fd, char *buffer, int flags) {
  recv(fd, buffer, 1, 0); // warn: coro-blocking-call
  recv(fd, buffer, 1, MSG_PEEK); // warn: coro-blocking-call
  recv(fd, buffer, 1, flags); // warn: coro-blocking-call
  recv(fd, buffer, 1, MSG_DONTWAIT);
  recv(fd, buffer, 1, MSG_PEEK | MSG_DONTWAIT);
  send(fd, buffer, 1, MSG_DONTWAIT | MSG_NOSIGNAL);
  recvfrom(fd, buffer, 1, MSG_DONTWAIT, nullptr, nullptr);
  co_return;
}

task<> file_locks(int fd) {
  flock(fd, LOCK_EX); // warn: coro-blocking-call
  flock(fd, LOCK_EX | LOCK_NB);
  fcntl(fd, F_GETFL);
  fcntl(fd, F_SETFL, O_NONBLOCK);
  co_return;
}

task<> opened_files(const char *path) {
  open(path, O_RDONLY); // warn: coro-blocking-call
  open(path, O_RDONLY | O_NONBLOCK);
  openat(AT_FDCWD, path, O_RDONLY); // warn: coro-blocking-call
  openat(AT_FDCWD, path, O_RDONLY | O_NONBLOCK);
  co_return;
}

task<> numeric_address_ok(addrinfo *result) {
  getaddrinfo(nullptr, "80", nullptr, &result);
  co_return;
}

constexpr auto no_duration = 0ms;
task<> wait_for_bad(std::condition_variable &cv,
                    std::unique_lock<std::mutex> &l,
                    std::chrono::seconds s) {
  cv.wait_for(l, 1s); // warn: coro-blocking-call
  cv.wait_for(l, s); // warn: coro-blocking-call
  cv.wait_for(l, std::chrono::seconds(1)); // warn: coro-blocking-call
  cv.wait_for(l, std::chrono::seconds::max()); // warn: coro-blocking-call
  co_return;
}

task<> wait_for_ok(std::condition_variable &cv,
                   std::unique_lock<std::mutex> &l) {
  cv.wait_for(l, 0s);
  cv.wait_for(l, 0ms);
  cv.wait_for(l, std::chrono::seconds(0));
  cv.wait_for(l, std::chrono::seconds{0});
  cv.wait_for(l, std::chrono::seconds());
  cv.wait_for(l, std::chrono::seconds::zero());
  cv.wait_for(l, no_duration);
  const std::chrono::nanoseconds local{0};
  cv.wait_for(l, local);
  co_return;
}

task<> semaphore(std::counting_semaphore<> &s) {
  s.acquire(); // warn: coro-blocking-call
  (void)s.try_acquire_for(1s); // warn: coro-blocking-call
  (void)s.try_acquire();
  (void)s.try_acquire_for(0s);
  co_return;
}

// The condition holds or not at each call, wherever it is made.
int poll_now(pollfd *fds) { return poll(fds, 1, 0); }
int poll_forever(pollfd *fds) { return poll(fds, 1, -1); }
int poll_for(pollfd *fds, int timeout) { return poll(fds, 1, timeout); }
task<> inferred(pollfd *fds) {
  poll_now(fds);
  poll_forever(fds); // warn: coro-blocking-call
  poll_for(fds, 1); // warn: coro-blocking-call
  co_return;
}
