#pragma once
#include <atomic>

namespace widgets {

class Spin {
public:
  void lock() {
    while (word.exchange(1)) {
    }
  }
  void unlock() { word.store(0); }

private:
  std::atomic<int> word{0};
};

// Of coroutines, or of threads: no header shows it.
class Unseen {
public:
  void lock();
  void unlock();
};
class Holder {
public:
  explicit Holder(Unseen &lock) : lock(lock) { lock.lock(); }
  ~Holder() { lock.unlock(); }

private:
  Unseen &lock;
};

// Its destructor unlocks.
class Held {
public:
  explicit Held(Spin &spin) : spin(spin) { spin.lock(); }
  ~Held() { spin.unlock(); }

private:
  Spin &spin;
};

// Its destructor does not.
class Reference {
public:
  explicit Reference(Spin &spin) : spin(spin) {}

private:
  Spin &spin;
};

} // namespace widgets
