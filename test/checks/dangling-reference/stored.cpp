// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20
// Callables that an object keeps, and that refer to variables of the function
// that ends now.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

void show(const std::string &);
void run_dialog();

struct Widget {
  std::function<void(int)> on_change;
  std::function<void()> on_close;
  std::vector<std::function<void()>> observers;
  std::map<int, std::function<void()>> by_key;
};

struct Dialog {
  Widget *child;
  std::shared_ptr<Widget> shared;
  Widget own;
  std::string title;

  void local_bad(int n) {
    std::string text = std::to_string(n);
    child->on_change = [&text](int) { show(text); }; // warn: coro-dangling-reference
  }
  void nested_function_bad(int n) {
    auto update = [this, n] { title = std::to_string(n); };
    child->on_change = [&](int) { update(); }; // warn: coro-dangling-reference
    shared->on_close = [&] { update(); }; // warn: coro-dangling-reference
  }
  void parameter_bad(std::string text) {
    own.on_close = [&text] { show(text); }; // warn: coro-dangling-reference
  }
  void pushed_bad(std::string text) {
    own.observers.push_back([&text] { show(text); }); // warn: coro-dangling-reference
  }
  void keyed_bad(std::string text) {
    own.by_key[1] = [&text] { show(text); }; // warn: coro-dangling-reference
  }

  void copied_ok(std::string text) {
    child->on_change = [text](int) { show(text); };
  }
  void this_ok() {
    child->on_change = [&](int) { show(title); };
  }
  void reference_ok(std::string &text) {
    child->on_change = [&text](int) { show(text); };
  }
  /// The object ends together with what the callable refers to.
  void local_object_ok(std::string text) {
    Widget widget;
    widget.on_close = [&text] { show(text); };
    std::function<void()> run = [&text] { show(text); };
    run = [&text] { show(text + "!"); };
  }
  /// It runs before the function ends.
  void run_ok(std::string text) {
    own.on_close = [&text] { show(text); };
    run_dialog();
    own.on_close = nullptr;
  }
  void called_ok(std::string text) {
    own.on_close = [&text] { show(text); };
    own.on_close();
  }
  /// The destructor of what is declared later may take it away again.
  struct Restore {
    std::function<void()> &place;
    ~Restore() { place = nullptr; }
  };
  void restored_ok(std::string text) {
    Restore restore{own.on_close};
    own.on_close = [&text] { show(text); };
  }
  void static_ok() {
    static std::string text = "kept";
    child->on_change = [&](int) { show(text); };
  }
};
