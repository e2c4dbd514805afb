// Win32 as the Windows SDK 10.0.26100 declares it, as far as
// lib/model/win32.yaml names it. The real library spreads this over many
// headers below windows.h.
#ifndef COROLINT_STUB_WINDOWS_H
#define COROLINT_STUB_WINDOWS_H

#ifdef __cplusplus
extern "C" {
#endif

typedef void *HANDLE;
typedef void *HWND;
typedef int BOOL;
typedef unsigned long DWORD;
typedef unsigned UINT;
typedef const char *LPCSTR;
typedef const wchar_t *LPCWSTR;
typedef struct {
  void *Ptr;
} SRWLOCK, CONDITION_VARIABLE;
typedef struct {
  void *Debug;
} CRITICAL_SECTION;
typedef struct {
  void *Internal;
} OVERLAPPED;
typedef struct {
  UINT message;
} MSG;
typedef DWORD (*LPTHREAD_START_ROUTINE)(void *);
typedef long long LRESULT, LPARAM;
typedef unsigned long long WPARAM;
typedef LRESULT (*WNDPROC)(HWND, UINT, WPARAM, LPARAM);
typedef struct tagWNDCLASSA {
  UINT style;
  WNDPROC lpfnWndProc;
  LPCSTR lpszClassName;
} WNDCLASSA;
typedef struct tagWNDCLASSW {
  UINT style;
  WNDPROC lpfnWndProc;
  LPCWSTR lpszClassName;
} WNDCLASSW;
typedef struct tagWNDCLASSEXA {
  UINT cbSize;
  UINT style;
  WNDPROC lpfnWndProc;
  LPCSTR lpszClassName;
} WNDCLASSEXA;
typedef struct tagWNDCLASSEXW {
  UINT cbSize;
  UINT style;
  WNDPROC lpfnWndProc;
  LPCWSTR lpszClassName;
} WNDCLASSEXW;
unsigned short RegisterClassExW(const WNDCLASSEXW *);

void Sleep(DWORD milliseconds);
DWORD SleepEx(DWORD milliseconds, BOOL alertable);
DWORD WaitForSingleObject(HANDLE, DWORD milliseconds);
DWORD WaitForSingleObjectEx(HANDLE, DWORD milliseconds, BOOL alertable);
DWORD WaitForMultipleObjects(DWORD count, const HANDLE *, BOOL all,
                             DWORD milliseconds);
DWORD WaitForMultipleObjectsEx(DWORD count, const HANDLE *, BOOL all,
                               DWORD milliseconds, BOOL alertable);
DWORD SignalObjectAndWait(HANDLE signal, HANDLE wait, DWORD milliseconds,
                          BOOL alertable);
DWORD WaitForInputIdle(HANDLE process, DWORD milliseconds);
BOOL WaitOnAddress(volatile void *, void *compare, unsigned long long size,
                   DWORD milliseconds);
BOOL SleepConditionVariableCS(CONDITION_VARIABLE *, CRITICAL_SECTION *,
                              DWORD milliseconds);
BOOL SleepConditionVariableSRW(CONDITION_VARIABLE *, SRWLOCK *,
                               DWORD milliseconds, unsigned flags);
BOOL GetQueuedCompletionStatus(HANDLE port, DWORD *bytes,
                               unsigned long long *key, OVERLAPPED **,
                               DWORD milliseconds);
BOOL GetQueuedCompletionStatusEx(HANDLE port, void *entries, DWORD count,
                                 DWORD *removed, DWORD milliseconds,
                                 BOOL alertable);
BOOL GetOverlappedResult(HANDLE, OVERLAPPED *, DWORD *bytes, BOOL wait);
BOOL GetOverlappedResultEx(HANDLE, OVERLAPPED *, DWORD *bytes,
                           DWORD milliseconds, BOOL alertable);
DWORD WSAWaitForMultipleEvents(DWORD count, const HANDLE *, BOOL all,
                               DWORD milliseconds, BOOL alertable);
DWORD MsgWaitForMultipleObjects(DWORD count, const HANDLE *, BOOL all,
                                DWORD milliseconds, DWORD mask);
DWORD MsgWaitForMultipleObjectsEx(DWORD count, const HANDLE *,
                                  DWORD milliseconds, DWORD mask, DWORD flags);
void WaitForThreadpoolWorkCallbacks(void *, BOOL cancel);
void WaitForThreadpoolTimerCallbacks(void *, BOOL cancel);
void WaitForThreadpoolWaitCallbacks(void *, BOOL cancel);
void WaitForThreadpoolIoCallbacks(void *, BOOL cancel);

int CoWaitForMultipleHandles(DWORD flags, DWORD milliseconds, DWORD count,
                             HANDLE *, DWORD *index);
int CoWaitForMultipleObjects(DWORD flags, DWORD milliseconds, DWORD count,
                             const HANDLE *, DWORD *index);
typedef long long (*DLGPROC)(HWND, UINT, WPARAM, LPARAM);
HWND CreateDialogParamA(void *, LPCSTR, HWND, DLGPROC, long long);
HWND CreateDialogParamW(void *, LPCWSTR, HWND, DLGPROC, long long);
long long DialogBoxParamA(void *, LPCSTR, HWND, DLGPROC, long long);
long long DialogBoxParamW(void *, LPCWSTR, HWND, DLGPROC, long long);
long long DialogBoxIndirectParamA(void *, void *, HWND, void *, long long);
long long DialogBoxIndirectParamW(void *, void *, HWND, void *, long long);
long long DispatchMessageA(const MSG *);
long long DispatchMessageW(const MSG *);
int DoDragDrop(void *, void *, DWORD, DWORD *);
BOOL GetOpenFileNameA(void *);
BOOL GetOpenFileNameW(void *);
BOOL GetSaveFileNameA(void *);
BOOL GetSaveFileNameW(void *);
BOOL GetMessageA(MSG *, HWND, UINT, UINT);
BOOL GetMessageW(MSG *, HWND, UINT, UINT);
BOOL WaitMessage(void);
int MessageBoxA(HWND, LPCSTR, LPCSTR, UINT);
int MessageBoxW(HWND, LPCWSTR, LPCWSTR, UINT);
int MessageBoxExW(HWND, LPCWSTR, LPCWSTR, UINT, unsigned short);
int SHFileOperationW(void *);
void *ShellExecuteA(HWND, LPCSTR verb, LPCSTR file, LPCSTR parameters,
                    LPCSTR directory, int show);
void *ShellExecuteW(HWND, LPCWSTR verb, LPCWSTR file, LPCWSTR parameters,
                    LPCWSTR directory, int show);
BOOL ShellExecuteExA(void *);
BOOL ShellExecuteExW(void *);
int TaskDialog(HWND, void *, LPCWSTR, LPCWSTR, LPCWSTR, int, LPCWSTR, int *);
int TaskDialogIndirect(const void *, int *, int *, BOOL *);
BOOL TrackPopupMenu(void *, UINT, int, int, int, HWND, const void *);
BOOL TrackPopupMenuEx(void *, UINT, int, int, HWND, void *);

BOOL ReadFile(HANDLE, void *buffer, DWORD count, DWORD *read, OVERLAPPED *);
BOOL WriteFile(HANDLE, const void *buffer, DWORD count, DWORD *written,
               OVERLAPPED *);
BOOL DeviceIoControl(HANDLE, DWORD code, void *in, DWORD inSize, void *out,
                     DWORD outSize, DWORD *returned, OVERLAPPED *);
BOOL ConnectNamedPipe(HANDLE, OVERLAPPED *);
BOOL CallNamedPipeA(LPCSTR, void *, DWORD, void *, DWORD, DWORD *, DWORD);
BOOL CallNamedPipeW(LPCWSTR, void *, DWORD, void *, DWORD, DWORD *, DWORD);
BOOL TransactNamedPipe(HANDLE, void *, DWORD, void *, DWORD, DWORD *,
                       OVERLAPPED *);
BOOL WaitNamedPipeA(LPCSTR, DWORD);
BOOL WaitNamedPipeW(LPCWSTR, DWORD);
BOOL CopyFileA(LPCSTR, LPCSTR, BOOL);
BOOL CopyFileW(LPCWSTR, LPCWSTR, BOOL);
BOOL CopyFileExW(LPCWSTR, LPCWSTR, void *, void *, BOOL *, DWORD);
HANDLE CreateFileA(LPCSTR, DWORD, DWORD, void *, DWORD, DWORD, HANDLE);
HANDLE CreateFileW(LPCWSTR, DWORD, DWORD, void *, DWORD, DWORD, HANDLE);
HANDLE FindFirstFileA(LPCSTR, void *);
HANDLE FindFirstFileW(LPCWSTR, void *);
HANDLE FindFirstFileExW(LPCWSTR, int, void *, int, void *, DWORD);
BOOL FindNextFileA(HANDLE, void *);
BOOL FindNextFileW(HANDLE, void *);
BOOL FlushFileBuffers(HANDLE);
void *LoadLibraryA(LPCSTR);
void *LoadLibraryW(LPCWSTR);
void *LoadLibraryExA(LPCSTR, HANDLE, DWORD);
void *LoadLibraryExW(LPCWSTR, HANDLE, DWORD);
BOOL CreateDirectoryA(LPCSTR, void *);
BOOL CreateDirectoryW(LPCWSTR, void *);
BOOL DeleteFileA(LPCSTR);
BOOL DeleteFileW(LPCWSTR);
DWORD GetFileAttributesA(LPCSTR);
DWORD GetFileAttributesW(LPCWSTR);
BOOL GetFileAttributesExW(LPCWSTR, int, void *);
BOOL MoveFileA(LPCSTR, LPCSTR);
BOOL MoveFileW(LPCWSTR, LPCWSTR);
BOOL MoveFileExW(LPCWSTR, LPCWSTR, DWORD);
BOOL PathFileExistsA(LPCSTR);
BOOL PathFileExistsW(LPCWSTR);
BOOL RemoveDirectoryA(LPCSTR);
BOOL RemoveDirectoryW(LPCWSTR);
BOOL ReplaceFileW(LPCWSTR, LPCWSTR, LPCWSTR, DWORD, void *, void *);
BOOL SetFileAttributesW(LPCWSTR, DWORD);
BOOL WinHttpReceiveResponse(void *, void *);
BOOL WinHttpSendRequest(void *, LPCWSTR, DWORD, void *, DWORD, DWORD,
                        unsigned long long);
int URLDownloadToFileA(void *, LPCSTR, LPCSTR, DWORD, void *);
int URLDownloadToFileW(void *, LPCWSTR, LPCWSTR, DWORD, void *);

void AcquireSRWLockExclusive(SRWLOCK *);
void AcquireSRWLockShared(SRWLOCK *);
void ReleaseSRWLockExclusive(SRWLOCK *);
void ReleaseSRWLockShared(SRWLOCK *);
unsigned char TryAcquireSRWLockExclusive(SRWLOCK *);
unsigned char TryAcquireSRWLockShared(SRWLOCK *);
void EnterCriticalSection(CRITICAL_SECTION *);
void LeaveCriticalSection(CRITICAL_SECTION *);
BOOL TryEnterCriticalSection(CRITICAL_SECTION *);

HANDLE CreateThread(void *, unsigned long long, LPTHREAD_START_ROUTINE, void *,
                    DWORD, DWORD *);
unsigned long long _beginthreadex(void *, unsigned, unsigned (*)(void *),
                                  void *, unsigned, unsigned *);
void *CreateThreadpoolWork(void (*)(void *, void *, void *), void *, void *);
BOOL QueueUserWorkItem(LPTHREAD_START_ROUTINE, void *, DWORD);
void *CreateThreadpoolTimer(void (*)(void *, void *, void *), void *, void *);
void *CreateThreadpoolWait(void (*)(void *, void *, void *, DWORD), void *,
                           void *);
void *CreateThreadpoolIo(HANDLE,
                         void (*)(void *, void *, void *, DWORD,
                                  unsigned long long, void *),
                         void *, void *);
unsigned long long SetTimer(HWND, unsigned long long id, UINT milliseconds,
                            void (*)(HWND, UINT, unsigned long long, DWORD));
BOOL SetWindowSubclass(HWND,
                       LRESULT (*)(HWND, UINT, WPARAM, LPARAM,
                                   unsigned long long, unsigned long long),
                       unsigned long long id, unsigned long long data);
void *SetWindowsHookExA(int id, LRESULT (*)(int, WPARAM, LPARAM), void *,
                        DWORD thread);
void *SetWindowsHookExW(int id, LRESULT (*)(int, WPARAM, LPARAM), void *,
                        DWORD thread);
BOOL TrySubmitThreadpoolCallback(void (*)(void *, void *), void *, void *);
void ExitProcess(UINT);
void ExitThread(DWORD);
void FatalExit(int);
BOOL SwitchToThread(void);
DWORD GetTickCount(void);
unsigned long long GetTickCount64(void);
BOOL QueryPerformanceCounter(long long *);

#ifdef __cplusplus
}
#endif

#define INFINITE 0xFFFFFFFF
#define TRUE 1
#define FALSE 0

#endif // COROLINT_STUB_WINDOWS_H
