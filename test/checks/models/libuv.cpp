// RUN: %check_corolint %s coro-blocking-call,coro-dangling-reference %t -std=c++20 -- --
// libuv's files: asynchronous with a callback, synchronous without one.

#include <cstddef>
#include <unistd.h>

extern "C" {
typedef struct uv_loop_s uv_loop_t;
typedef struct uv_fs_s { void *data; long result; } uv_fs_t;
typedef struct uv_getaddrinfo_s { void *data; } uv_getaddrinfo_t;
typedef struct uv_buf_t { char *base; size_t len; } uv_buf_t;
struct addrinfo;
typedef void (*uv_fs_cb)(uv_fs_t *);
typedef void (*uv_getaddrinfo_cb)(uv_getaddrinfo_t *, int, struct addrinfo *);
uv_buf_t uv_buf_init(char *base, unsigned int len);
int uv_fs_stat(uv_loop_t *, uv_fs_t *, const char *path, uv_fs_cb);
int uv_fs_write(uv_loop_t *, uv_fs_t *, int file, const uv_buf_t bufs[], unsigned int, long offset, uv_fs_cb);
int uv_getaddrinfo(uv_loop_t *, uv_getaddrinfo_t *, uv_getaddrinfo_cb, const char *, const char *, const struct addrinfo *);
}
static void on_stat(uv_fs_t *) {}
static void on_found(uv_getaddrinfo_t *, int, struct addrinfo *) {}

// The request.
long stat_bad(uv_loop_t *loop) {
  uv_fs_t request;
  return uv_fs_stat(loop, &request, "a", on_stat); // warn: coro-dangling-reference
}
long stat_ok(uv_loop_t *loop) {
  uv_fs_t request;
  uv_fs_stat(loop, &request, "a", nullptr);
  return request.result;
}
int stat_later_ok(uv_loop_t *loop) {
  auto *request = new uv_fs_t();
  return uv_fs_stat(loop, request, "a", on_stat);
}
int find_bad(uv_loop_t *loop) {
  uv_getaddrinfo_t request;
  return uv_getaddrinfo(loop, &request, on_found, "a", "1", nullptr); // warn: coro-dangling-reference
}
int find_ok(uv_loop_t *loop) {
  uv_getaddrinfo_t request;
  return uv_getaddrinfo(loop, &request, nullptr, "a", "1", nullptr);
}

// The memory of the buffers.
int write_bad(uv_loop_t *loop, uv_fs_t *request, int file) {
  char text[4] = "abc";
  uv_buf_t buffer = uv_buf_init(text, 3);
  return uv_fs_write(loop, request, file, &buffer, 1, 0, on_stat); // warn: coro-dangling-reference
}
int write_ok(uv_loop_t *loop, uv_fs_t *request, int file) {
  char text[4] = "abc";
  uv_buf_t buffer = uv_buf_init(text, 3);
  return uv_fs_write(loop, request, file, &buffer, 1, 0, nullptr);
}

// Where the callback runs.
int callback_bad(uv_loop_t *loop, uv_fs_t *request) {
  return uv_fs_stat(loop, request, "a", [](uv_fs_t *) {
    sleep(1); // warn: coro-blocking-call
  });
}
int callback_ok(uv_loop_t *loop, uv_fs_t *request) {
  sleep(1);
  return uv_fs_stat(loop, request, "a", [](uv_fs_t *done) { delete done; });
}
