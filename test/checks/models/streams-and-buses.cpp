// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// A file is read whole through its stream buffer, and on the bus of a device a
// transfer takes milliseconds.

#include "coro.h"
#include <fstream>
#include <iterator>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <sstream>
#include <string>
#include <sys/ioctl.h>

coro::task<> upload_bad(std::ifstream &file) {
  std::ostringstream all;
  all << file.rdbuf(); // warn: coro-blocking-call
  std::string again(std::istreambuf_iterator<char>(file), {}); // warn: coro-blocking-call
  co_return;
}

coro::task<> transfer_bad(int fd, i2c_rdwr_ioctl_data &messages) {
  ioctl(fd, I2C_RDWR, &messages); // warn: coro-blocking-call
  co_return;
}

coro::task<> copy_ok(std::istringstream &text, int fd, int pending) {
  std::ostringstream all;
  all << text.rdbuf();
  ioctl(fd, FIONREAD, &pending);
  co_return;
}
