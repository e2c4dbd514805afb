#ifndef VENDORED_H
#define VENDORED_H

#include <corolint/annotations.h>

namespace vendored {

COROLINT_BLOCKING int block();

inline int helper() { return block(); }
inline int harmless() { return 1; }

struct connection {
  connection() { helper(); }
};
struct quiet {
  quiet() { harmless(); }
};

template <typename Lock> class scope {
  Lock &lock;

public:
  explicit scope(Lock &l) : lock(l) { lock.lock(); }
  ~scope() { lock.unlock(); }
};

template <typename F> void apply(F f) { f(); }

} // namespace vendored

#endif
