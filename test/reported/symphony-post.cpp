// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/finos/SymphonyMediaBridge/pull/225
// Binds were replaced by lambdas that capture everything by reference. The engine runs them later, on its thread.
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <queue>
#include <unordered_map>
namespace memory {
template <class T> class MpmcQueue {
  std::mutex mutex;
  std::queue<T> items;

public:
  bool push(T &&item) {
    std::lock_guard<std::mutex> lock(mutex);
    items.push(std::move(item));
    return true;
  }
  bool pop(T &item);
};
} // namespace memory
struct AudioBuffer {};
class EngineMixer {
public:
  void addAudioBuffer(std::uint32_t ssrc, AudioBuffer *buffer);
};
class Engine {
  memory::MpmcQueue<std::function<void()>> _tasks;

public:
  bool post(std::function<void()> &&task) { return _tasks.push(std::move(task)); }
  void run() {
    for (std::function<void()> task; _tasks.pop(task);)
      task();
  }
};
class Mixer {
  Engine &_engine;
  std::unique_ptr<EngineMixer> _engineMixer;
  std::unordered_map<std::uint32_t, std::unique_ptr<AudioBuffer>> _audioBuffers;

public:
  void allocateAudioBuffer_bad(std::uint32_t ssrc) {
    auto audioBuffer = std::make_unique<AudioBuffer>();
    auto *rawAudioBuffer = audioBuffer.get();
    _audioBuffers.emplace(ssrc, std::move(audioBuffer));
    _engine.post([&]() { _engineMixer->addAudioBuffer(ssrc, rawAudioBuffer); }); // warn: coro-dangling-reference
  }
  void allocateAudioBuffer_ok(std::uint32_t ssrc) {
    auto audioBuffer = std::make_unique<AudioBuffer>();
    auto *rawAudioBuffer = audioBuffer.get();
    _audioBuffers.emplace(ssrc, std::move(audioBuffer));
    _engine.post([this, ssrc, rawAudioBuffer]() { _engineMixer->addAudioBuffer(ssrc, rawAudioBuffer); });
  }
};
