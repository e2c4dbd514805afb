// RUN: %check_corolint %s \
// RUN:   coro-blocking-call,coro-busy-wait,coro-lock-across-await,coro-no-yield-region %t \
// RUN:   -std=c++20 -- -config='{CheckOptions: {coro-blocking-call.Kinds: "sleep;wait;input;file;file-metadata;ipc;net"}}' -- \
// RUN:   -isystem %source/test/model-headers/stubs
// Win32: waits with and without a time-out, overlapped operations, messages.

#include "coro.h"
#include <win32/windows.h>
using namespace coro;

COROLINT_BLOCKING int block();

task<> waits_bad(HANDLE handle, HANDLE port, OVERLAPPED *op, DWORD *bytes) {
  Sleep(10); // warn: coro-blocking-call
  WaitForSingleObject(handle, INFINITE); // warn: coro-blocking-call
  WaitForMultipleObjects(1, &handle, FALSE, 100); // warn: coro-blocking-call
  MsgWaitForMultipleObjectsEx(1, &handle, 100, 0, 0); // warn: coro-blocking-call
  GetOverlappedResult(handle, op, bytes, TRUE); // warn: coro-blocking-call
  GetOverlappedResultEx(handle, op, bytes, INFINITE, FALSE); // warn: coro-blocking-call
  GetQueuedCompletionStatusEx(port, nullptr, 0, bytes, INFINITE, FALSE); // warn: coro-blocking-call
  co_return;
}
task<> polls_ok(HANDLE handle, HANDLE port, OVERLAPPED *op, DWORD *bytes) {
  Sleep(0);
  WaitForSingleObject(handle, 0);
  WaitForMultipleObjects(1, &handle, FALSE, 0);
  MsgWaitForMultipleObjectsEx(1, &handle, 0, 0, 0);
  GetOverlappedResult(handle, op, bytes, FALSE);
  GetOverlappedResultEx(handle, op, bytes, 0, FALSE);
  GetQueuedCompletionStatusEx(port, nullptr, 0, bytes, 0, FALSE);
  co_return;
}
task<> file_bad(HANDLE file, char *buffer, DWORD *count) {
  ReadFile(file, buffer, 8, count, nullptr); // warn: coro-blocking-call
  DeleteFileA("log"); // warn: coro-blocking-call
  WinHttpReceiveResponse(nullptr, nullptr); // warn: coro-blocking-call
  co_return;
}
task<> overlapped_ok(HANDLE file, char *buffer, OVERLAPPED *op) {
  ReadFile(file, buffer, 8, nullptr, op);
  co_return;
}

/// A box serves the messages of every window.
COROLINT_NO_YIELD void box_bad(HWND window) {
  MessageBoxW(window, L"Sure?", L"", 0); // warn: coro-no-yield-region,coro-blocking-call
}

/// Called on the thread of the window.
LRESULT procedure_bad(HWND, UINT, WPARAM, LPARAM) {
  block(); // warn: coro-blocking-call
  return 0;
}
void class_of_window() {
  WNDCLASSEXW made = {};
  made.lpfnWndProc = procedure_bad;
  RegisterClassExW(&made);
}
void tick_bad(HWND, UINT, unsigned long long, DWORD) {
  block(); // warn: coro-blocking-call
}
long long dialog_bad(HWND, UINT, WPARAM, LPARAM) {
  block(); // warn: coro-blocking-call
  return 0;
}
void registers(HWND window) {
  SetTimer(window, 1, 1000, tick_bad);
  CreateDialogParamW(nullptr, L"box", window, dialog_bad, 0);
}

/// Called on other threads.
DWORD thread_ok(void *) {
  block();
  return 0;
}
void timer_ok(void *, void *, void *) { block(); }
void starts() {
  CreateThread(nullptr, 0, thread_ok, nullptr, 0, nullptr);
  CreateThreadpoolTimer(timer_ok, nullptr, nullptr);
}

task<> section_bad(CRITICAL_SECTION *section) {
  EnterCriticalSection(section);
  co_await async_op(); // warn: coro-lock-across-await
  LeaveCriticalSection(section);
}
task<> section_ok(CRITICAL_SECTION *section, SRWLOCK *lock) {
  EnterCriticalSection(section);
  LeaveCriticalSection(section);
  if (TryAcquireSRWLockExclusive(lock))
    ReleaseSRWLockExclusive(lock);
  co_await async_op();
}
task<> ticks_bad(DWORD until) {
  while (GetTickCount() < until) // warn: coro-busy-wait
    SwitchToThread();
  co_await async_op();
}
