// A library among the project's own sources, without bodies.
#pragma once
#include <corolint/annotations.h>

namespace vendored {
void sendFrame();
COROLINT_NONBLOCKING void annotated();
struct Device {
  virtual ~Device() = default;
  virtual void transfer() = 0; // No unit overrides it.
  virtual void reset() = 0;    // drive.cpp overrides it.
};
} // namespace vendored

void helper();          // helper.cpp
void inWorker();        // worker.cpp
