// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs/win32
// https://github.com/microsoft/terminal/issues/14131
// A window procedure, set in a WNDCLASSEXW, runs a command and waits for it; the
// new console needs this window's thread.

#include <cstdlib>
#include <windows.h>
extern "C" {
LRESULT DefWindowProcW(HWND, UINT, WPARAM, LPARAM);
void PostQuitMessage(int);
}
void startInBackground(const char *);
void open_bad() {
  auto WndProc = [](HWND hWnd, UINT message, WPARAM wParam, LPARAM lParam) -> LRESULT {
    switch (message) {
    case 0x0202:
      system("cmd /s /c echo hi"); // warn: coro-blocking-call
      break;
    case 0x0002:
      PostQuitMessage(0);
      break;
    default:
      return DefWindowProcW(hWnd, message, wParam, lParam);
    }
    return 0;
  };
  WNDCLASSEXW wcex{};
  wcex.cbSize = sizeof(WNDCLASSEXW);
  wcex.lpfnWndProc = static_cast<WNDPROC>(WndProc);
  wcex.lpszClassName = L"Blah";
  RegisterClassExW(&wcex);
}
void open_ok() {
  auto WndProc = [](HWND hWnd, UINT message, WPARAM wParam, LPARAM lParam) -> LRESULT {
    if (message == 0x0202) {
      startInBackground("cmd /s /c echo hi");
      return 0;
    }
    return DefWindowProcW(hWnd, message, wParam, lParam);
  };
  WNDCLASSEXW wcex{};
  wcex.cbSize = sizeof(WNDCLASSEXW);
  wcex.lpfnWndProc = static_cast<WNDPROC>(WndProc);
  RegisterClassExW(&wcex);
}
