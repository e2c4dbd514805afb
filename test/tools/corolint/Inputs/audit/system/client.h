// A library in a system header: bodies are in an archive.
#pragma once

namespace client {
struct Reply;
struct Session {
  Session();
  ~Session();
  void waitAll();
  void waitAll(int limit);
  bool isWaiting();
  int inlined() { return 0; }
};
void described();
[[noreturn]] void abandon();
void tune(int level);
void onlyFromThreads();
} // namespace client
extern "C" int client_version(void);
