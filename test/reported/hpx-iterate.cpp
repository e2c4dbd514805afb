// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/TheHPXProject/hpx/issues/3255
// A component namespace calls a function for each type under its spinlock. The function waits for a remote result,
// which suspends the HPX thread.
#include <functional>
#include <hpx/hpx.hpp>
#include <map>
#include <mutex>
#include <string>
int remote_type(int prefix);
struct component_namespace {
  using iterate_types_function_type = std::function<void(const std::string &, int)>;
  hpx::spinlock mutex_;
  std::map<std::string, int> component_ids_;
  std::string name(int id) { return std::to_string(hpx::async(remote_type, id).get()); }
  void iterate_types_bad(const iterate_types_function_type &f) {
    std::lock_guard<hpx::spinlock> l(mutex_);
    for (auto &[key, id] : component_ids_)
      f(key + name(id), id); // warn: coro-lock-across-await
  }
  void iterate_types_ok(const iterate_types_function_type &f) {
    std::map<std::string, int> types;
    {
      std::lock_guard<hpx::spinlock> l(mutex_);
      types = component_ids_;
    }
    for (auto &[key, id] : types)
      f(key + name(id), id);
  }
};
