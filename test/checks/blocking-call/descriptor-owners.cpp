// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// Whether an operation blocks depends on how its descriptor was made, wherever
// its owner did that.

#include "coro.h"
#include <cerrno>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
using namespace coro;

async_awaiter<> async_send(int fd, int more);
struct readable {
  int fd;
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
readable is_readable(int fd);
char buffer[9];

// Opened non-blocking, or memory.
task<> opened_ok() {
  int s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  recv(s, buffer, 9, 0);
  int e = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  read(e, buffer, 8);
  int m = memfd_create("scratch", 0);
  write(m, buffer, 9);
  co_return;
}
task<> opened_bad(bool b) {
  int s = socket(AF_INET, SOCK_STREAM, 0);
  recv(s, buffer, 9, 0); // warn: coro-blocking-call
  int either = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (b)
    either = socket(AF_INET, SOCK_STREAM, 0);
  recv(either, buffer, 9, 0); // warn: coro-blocking-call
  co_return;
}

// Made non-blocking, by a helper too.
void make_nonblocking(int fd) {
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}
void make_inheritable(int fd) { fcntl(fd, F_SETFD, 0); }
task<> made_ok(int a, int b) {
  int on = 1;
  ioctl(a, FIONBIO, &on);
  read(a, buffer, 9);
  make_nonblocking(b);
  read(b, buffer, 9);
  co_return;
}
task<> made_bad(int a, int b) {
  make_nonblocking(a);
  make_inheritable(b);
  read(b, buffer, 9); // warn: coro-blocking-call
  co_return;
}

// The evidence of one method counts for all.
class watch {
  int fd, other = socket(AF_INET, SOCK_STREAM, 0);

public:
  watch() : fd(inotify_init1(IN_NONBLOCK)) {}
  int handle() const { return fd; }
  task<> events() {
    read(fd, buffer, 9);
    read(handle(), buffer, 9);
    recv(other, buffer, 9, 0); // warn: coro-blocking-call
    co_return;
  }
};
class connection {
  int fd, log;

public:
  explicit connection(int fd, int log) : fd(fd), log(log) {
    make_nonblocking(this->fd);
  }
  int receive() { return ::recv(fd, buffer, 9, 0); }
  task<> run() {
    receive();
    ::send(fd, buffer, 9, 0);
    write(log, buffer, 9); // warn: coro-blocking-call
    co_return;
  }
};
class tested {
  int fd, file;

public:
  bool receive() {
    return ::recv(fd, buffer, 9, 0) < 0 && errno == EAGAIN;
  }
  task<> run() {
    ::send(fd, buffer, 9, 0);
    ::read(file, buffer, 9); // warn: coro-blocking-call
    co_return;
  }
};

// Some user of the result tests it.
long receive_some(int fd) { return ::recv(fd, buffer, 9, 0); }
long receive_all(int fd) { return ::recv(fd, buffer, 9, MSG_WAITALL); }
task<> user_of_result_ok(int fd) {
  if (receive_some(fd) < 0 && errno == EWOULDBLOCK)
    co_await is_readable(fd);
  receive_some(fd);
}
task<> user_of_result_bad(int fd) {
  receive_all(fd); // warn: coro-blocking-call
  co_return;
}

// In whatever spelling, through a local, in a helper, in another file.
constexpr int try_later = EAGAIN;
enum class failure { busy = EWOULDBLOCK };
task<> spelled_ok(int fd) {
  if (read(fd, buffer, 9) < 0 && errno == try_later)
    co_await is_readable(fd);
}
task<> spelled_too_ok(int fd) {
  if (read(fd, buffer, 9) < 0 && failure(errno) == failure::busy)
    co_await is_readable(fd);
}
bool is_again(std::error_code ec) {
  return ec == std::errc::resource_unavailable_try_again;
}
bool is_busy(long result, int error) { return result < 0 && error == EAGAIN; }
task<> through_local_ok(int fd) {
  const int error = errno;
  long n = read(fd, buffer, 9);
  if (is_busy(n, error))
    co_await is_readable(fd);
}
struct status {
  bool try_again() const;
};
status status_of(int error);
void log_error(int error);
[[noreturn]] void fail(int error);
status receive_status(int fd) {
  if (::recv(fd, buffer, 9, 0) >= 0)
    return {};
  return status_of(errno);
}
task<> other_file_ok(int fd) {
  status s = receive_status(fd);
  if (s.try_again())
    co_await is_readable(fd);
}
task<> other_file_bad(int fd) {
  if (read(fd, buffer, 9) < 0) // warn: coro-blocking-call
    log_error(errno);
  if (read(fd, buffer, 9) < 0) // warn: coro-blocking-call
    fail(errno);
  co_return;
}

// Its readiness was just awaited.
task<> awaited_ok(int fd) {
  co_await readable{fd};
  read(fd, buffer, 9);
  co_await is_readable(fd);
  read(fd, buffer, 9);
}
task<> awaited_bad(int fd, int other) {
  read(fd, buffer, 9); // warn: coro-blocking-call
  co_await readable{fd};
  read(other, buffer, 9); // warn: coro-blocking-call
  read(fd, buffer, 9);
  read(fd, buffer, 9); // warn: coro-blocking-call
  co_await async_send(fd, other);
  read(fd, buffer, 9); // warn: coro-blocking-call
}

// A helper that is asked why the operation failed, and handed nothing, reads
// `errno`.
bool in_progress();
bool again() { return errno == EAGAIN; }
bool interrupted() { return errno == EINTR; }
bool stopping();
task<> asked_ok(int a, int b, int c) {
  int n = recv(a, buffer, 9, 0);
  if (n == -1 && in_progress())
    co_await is_readable(a);
  recv(b, buffer, 9, 0);
}
task<> asked_inside_ok(int fd) {
  auto n = recv(fd, buffer, 9, 0);
  if (n < 0) {
    if (!again())
      co_return;
  }
}
task<> asked_otherwise_ok(int fd) {
  auto n = recv(fd, buffer, 9, 0);
  if (n != -1)
    co_return;
  else if (in_progress())
    co_await is_readable(fd);
}
task<> asked_for_another_error_bad(int fd) {
  long n = recv(fd, buffer, 9, 0); // warn: coro-blocking-call
  if (n < 0 && interrupted())
    co_return;
}
task<> asked_before_bad(int fd) {
  if (stopping())
    co_return;
  long n = recv(fd, buffer, 9, 0); // warn: coro-blocking-call
  if (n > 9 && stopping())
    co_return;
}

// The object that owns the descriptor was made non-blocking where it comes from.
namespace net {
enum class blocking { yes, no };
enum class domain { local, remote };
struct options {
  domain where;
  blocking mode;
};
class handle {
  int fd = -1;

public:
  explicit handle(int fd);
  handle(int fd, blocking mode);
  int native_handle() const { return fd; }
};
handle make_listener(const options &, int backlog);
handle make_other(int flags);
constexpr int nonblocking_count = 3;
} // namespace net

class listener {
  net::handle inside{0}, outside{0}, plain{0}, other{0}, direct{0}, made{0}, unmade{0};

public:
  listener()
      : inside(net::make_listener({net::domain::local, net::blocking::no}, 5)),
        outside(net::make_listener({net::domain::local, net::blocking::yes}, 5)),
        plain(3), other(net::make_other(SOCK_STREAM | SOCK_NONBLOCK)),
        direct(3, net::blocking::no), made(4), unmade(net::make_other(net::nonblocking_count)) {
    make_nonblocking(made.native_handle());
    make_inheritable(unmade.native_handle());
  }
  listener(listener &&given) : inside(static_cast<net::handle &&>(given.inside)) {}
  task<> made_where_it_comes_from_ok() {
    accept(inside.native_handle(), nullptr, nullptr);
    accept(other.native_handle(), nullptr, nullptr);
    accept(direct.native_handle(), nullptr, nullptr);
    accept(made.native_handle(), nullptr, nullptr);
    co_return;
  }
  task<> made_otherwise_bad() {
    accept(outside.native_handle(), nullptr, nullptr); // warn: coro-blocking-call
    accept(plain.native_handle(), nullptr, nullptr);   // warn: coro-blocking-call
    accept(unmade.native_handle(), nullptr, nullptr);  // warn: coro-blocking-call
    co_return;
  }
};
task<> local_owner_ok() {
  net::handle local = net::make_listener({net::domain::local, net::blocking::no}, 5);
  accept(local.native_handle(), nullptr, nullptr);
  co_return;
}
task<> local_owner_bad(net::handle given) {
  net::handle local = net::make_listener({net::domain::remote, net::blocking::yes}, 5);
  accept(local.native_handle(), nullptr, nullptr); // warn: coro-blocking-call
  accept(given.native_handle(), nullptr, nullptr); // warn: coro-blocking-call
  co_return;
}
