// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20
// Libraries in C use a request, and the memory of its buffers, until they call
// back.

#include <cstdlib>
extern "C" {
typedef struct uv_loop_s uv_loop_t;
typedef struct uv_stream_s { void *data; uv_loop_t *loop; } uv_stream_t;
typedef struct uv_write_s { void *data; } uv_write_t;
typedef struct uv_work_s { void *data; } uv_work_t;
typedef struct uv_buf_t { char *base; size_t len; } uv_buf_t;
typedef enum { UV_RUN_DEFAULT, UV_RUN_ONCE } uv_run_mode;
typedef void (*uv_write_cb)(uv_write_t *req, int status);
typedef void (*uv_work_cb)(uv_work_t *req);
typedef void (*uv_after_work_cb)(uv_work_t *req, int status);
uv_buf_t uv_buf_init(char *base, unsigned len);
int uv_write(uv_write_t *req, uv_stream_t *, const uv_buf_t bufs[],
             unsigned count, uv_write_cb cb);
int uv_queue_work(uv_loop_t *, uv_work_t *req, uv_work_cb, uv_after_work_cb);
int uv_run(uv_loop_t *, uv_run_mode);
}
void done(uv_write_t *, int);
void work(uv_work_t *);
void worked(uv_work_t *, int);
void unknown();

struct Request {
  uv_write_t write;
  char text[8];
};

void request_bad(uv_stream_t *stream, uv_buf_t buffer) {
  uv_write_t request;
  uv_write(&request, stream, &buffer, 1, done);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'request' is destroyed before the operation that uses it calls back
}
void member_bad(uv_stream_t *stream, uv_buf_t buffer) {
  Request request;
  uv_write(&request.write, stream, &buffer, 1, done);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'request' is destroyed before the operation that uses it calls back
}
void work_bad(uv_loop_t *loop) {
  uv_work_t request;
  uv_queue_work(loop, &request, work, worked);
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'request' is destroyed before the operation that uses it calls back
}
void array_bad(uv_stream_t *stream, uv_write_t *request) {
  char text[8] = "pong";
  uv_buf_t buffer = uv_buf_init(text, 4);
  uv_write(request, stream, &buffer, 1, done);
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'text' is destroyed before the operation that uses it calls back
}
void braces_bad(uv_stream_t *stream, uv_write_t *request) {
  char text[8] = "pong";
  uv_buf_t buffer{text, 4};
  uv_write(request, stream, &buffer, 1, done);
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'text' is destroyed before the operation that uses it calls back
}
void freed_bad(uv_stream_t *stream, uv_write_t *request) {
  char *text = static_cast<char *>(malloc(8));
  uv_buf_t buffer = uv_buf_init(text, 8);
  uv_write(request, stream, &buffer, 1, done);
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: the memory of 'text' is freed before the operation that uses it calls back
  free(text);
}
void deleted_bad(uv_stream_t *stream, uv_buf_t buffer) {
  auto *request = new Request;
  uv_write(reinterpret_cast<uv_write_t *>(request), stream, &buffer, 1, done);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the memory of 'request' is freed before the operation that uses it calls back
  delete request;
}

void heap_ok(uv_stream_t *stream, uv_buf_t buffer) {
  auto *request = new Request;
  uv_write(&request->write, stream, &buffer, 1, done);
}
void static_ok(uv_stream_t *stream, uv_buf_t buffer) {
  static uv_write_t request;
  uv_write(&request, stream, &buffer, 1, done);
}
void run_ok(uv_stream_t *stream, uv_buf_t buffer) {
  uv_write_t request;
  uv_write(&request, stream, &buffer, 1, done);
  uv_run(stream->loop, UV_RUN_DEFAULT);
}
void may_run_ok(uv_stream_t *stream, uv_buf_t buffer) {
  uv_write_t request;
  uv_write(&request, stream, &buffer, 1, done);
  unknown();
}
void failed_ok(uv_stream_t *stream, uv_write_t *request) {
  char *text = static_cast<char *>(malloc(8));
  uv_buf_t buffer = uv_buf_init(text, 8);
  if (uv_write(request, stream, &buffer, 1, done) != 0)
    free(text);
}
void early_ok(uv_stream_t *stream, uv_write_t *request, bool skip) {
  char *text = static_cast<char *>(malloc(8));
  if (skip) {
    free(text);
    return;
  }
  uv_buf_t buffer = uv_buf_init(text, 8);
  uv_write(request, stream, &buffer, 1, done);
}
void parts_ok(Request *request, uv_stream_t *stream) {
  uv_buf_t buffer = uv_buf_init(request->text, 8);
  uv_write(&request->write, stream, &buffer, 1, done);
}
int main() {
  uv_write_t request;
  uv_write(&request, nullptr, nullptr, 0, done);
}
