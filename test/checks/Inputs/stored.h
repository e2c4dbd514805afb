// A member that every file may bind.
struct Shown {
  void (*run)();
};
