// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/xen0vas/UserManager/issues/9
// A button's slot forks a helper and waits for it to end; the window freezes.

#include <QPushButton>
#include <sys/wait.h>
#include <unistd.h>

class Properties : public QWidget {
  QPushButton apply;

public:
  Properties() { connect(&apply, &QPushButton::clicked, this, &Properties::add_bad); }

  void add_bad() {
    pid_t child = fork();
    if (child == 0) {
      execlp("useradd", "useradd", nullptr);
      _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0); // warn: coro-blocking-call
  }
  void reap_ok(pid_t child) {
    int status = 0;
    waitpid(child, &status, WNOHANG);
  }
};
