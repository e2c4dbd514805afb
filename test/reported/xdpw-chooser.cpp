// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- --
// https://github.com/emersion/xdg-desktop-portal-wlr/issues/128
// A method of a D-Bus service lets the user pick an output: it reads the answer of a helper from a pipe and waits
// for the helper, on the thread of the only event loop.
#include <cstdint>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
extern "C" {
typedef struct sd_bus sd_bus;
typedef struct sd_bus_slot sd_bus_slot;
typedef struct sd_bus_message sd_bus_message;
typedef struct { const char *name; const char *message; int need_free; } sd_bus_error;
typedef struct sd_event sd_event;
typedef struct sd_event_source sd_event_source;
typedef int (*sd_bus_message_handler_t)(sd_bus_message *m, void *userdata, sd_bus_error *ret_error);
typedef int (*sd_event_io_handler_t)(sd_event_source *s, int fd, uint32_t revents, void *userdata);
int sd_bus_add_object(sd_bus *bus, sd_bus_slot **slot, const char *path, sd_bus_message_handler_t callback, void *userdata);
int sd_event_add_io(sd_event *e, sd_event_source **s, int fd, uint32_t events, sd_event_io_handler_t callback, void *userdata);
}
struct Output { char name[64]; };
pid_t startChooser(int out[2]);

static bool waitChooser(pid_t pid) {
  int status = 0;
  if (waitpid(pid, &status, 0) == -1)
    return false;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
static int select_sources_bad(sd_bus_message *, void *data, sd_bus_error *) {
  int out[2];
  if (pipe(out))
    return -1;
  pid_t pid = startChooser(out);
  auto *output = static_cast<Output *>(data);
  ssize_t n = read(out[0], output->name, sizeof output->name - 1); // warn: coro-blocking-call
  close(out[0]);
  return n > 0 && waitChooser(pid); // warn: coro-blocking-call
}
static int answered(sd_event_source *, int fd, uint32_t, void *data) {
  auto *output = static_cast<Output *>(data);
  return read(fd, output->name, sizeof output->name - 1) > 0 ? 0 : -1;
}
static sd_event *loop;
static int select_sources_ok(sd_bus_message *, void *data, sd_bus_error *) {
  int out[2];
  if (pipe(out))
    return -1;
  startChooser(out);
  return sd_event_add_io(loop, nullptr, out[0], 1, answered, data);
}
void serve(sd_bus *bus, Output *output) {
  sd_bus_add_object(bus, nullptr, "/bad", select_sources_bad, output);
  sd_bus_add_object(bus, nullptr, "/good", select_sources_ok, output);
}
