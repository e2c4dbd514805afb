// sdbusplus as of 2026-08 (db6db4bc), as far as
// lib/model/sdbusplus.yaml names it.
#ifndef COROLINT_STUB_SDBUSPLUS_H
#define COROLINT_STUB_SDBUSPLUS_H

#include "../coroutine.h"

namespace sdbusplus {
namespace async {
class mutex {};

class lock_guard {
public:
  void lock();
  void unlock();
};

class context {
public:
  void run();
  template <typename... A> void spawn(A &&...);
};

} // namespace async

class match {
public:
  template <typename... A> explicit match(A &&...);
};

class bus_t {
public:
  void call();
  void call_noreply();
  void call_noreply_noerror();
  void wait();
};

} // namespace sdbusplus

#endif // COROLINT_STUB_SDBUSPLUS_H
