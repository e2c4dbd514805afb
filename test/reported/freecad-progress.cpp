// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/FreeCAD/FreeCAD/pull/32553
// A progress bar pumps events under the lock of the sequencer; what it
// dispatches steps another sequencer.

#include <QCoreApplication>
#include <mutex>

class SequencerBase {
  std::mutex mutex;
  int step = 0;

protected:
  virtual void nextStep(bool) = 0;

public:
  virtual ~SequencerBase() = default;
  bool next_bad(bool canAbort) {
    std::lock_guard<std::mutex> lock(mutex);
    ++step;
    pump(); // warn: coro-lock-across-await
    return canAbort;
  }
  bool next_ok(bool canAbort) {
    {
      std::lock_guard<std::mutex> lock(mutex);
      ++step;
    }
    pump();
    return canAbort;
  }
  void pump() {
    if (step % 10 == 0)
      QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
  }
};
