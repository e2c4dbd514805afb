// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/OpenKneeboard/OpenKneeboard/commit/67544aa91c03fbe053857994b1edf5bb40b672cd
// A coroutine of the window's thread compares and copies files before it first suspends. The program hangs when a
// virus scanner slows that.
#include <cppwinrt/winrt.h>
#include <filesystem>
#include <string>
#include <vector>
using winrt::Windows::Foundation::IAsyncAction;
namespace fs = std::filesystem;
IAsyncAction show(std::string message);
std::vector<fs::path> sources();
void install(const fs::path &destination) {
  for (const auto &source : sources())
    fs::copy_file(source, destination / source.filename(), fs::copy_options::overwrite_existing);
}
IAsyncAction check_bad(fs::path destination) {
  std::string message;
  try {
    install(destination); // warn: coro-blocking-call
    co_return;
  } catch (const fs::filesystem_error &error) {
    message = error.what();
  }
  co_await show(message);
}
IAsyncAction check_ok(fs::path destination) {
  winrt::apartment_context ui;
  std::string message;
  co_await winrt::resume_background();
  try {
    install(destination);
  } catch (const fs::filesystem_error &error) {
    message = error.what();
  }
  co_await ui;
  if (!message.empty())
    co_await show(message);
}
