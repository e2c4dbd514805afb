//===-- TaskBorrows.cpp - Uses of what a task borrowed --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// AddressSanitizer finds the uses. For each one, this finds the task that was
// handed the object, and reports the place where the task was created.
//
// When the promise is constructed, the frame contains only the parameters of
// the coroutine and the address of its object or closure. Any word of it that
// is an address in the destroyed object is therefore a reference that the
// caller passed.
//
//===----------------------------------------------------------------------===//

#include "ContextFrame.h"
#include "ContractObserver.h"
#include "corolint/rt/SmallLock.h"
#include <algorithm>
#include <cstring>
#include <execinfo.h>
#include <mutex>
#include <unordered_map>

using namespace corolint::rt;
using namespace corolint::rt::detail;

// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {
// Null in programs without AddressSanitizer.
[[gnu::weak]] void
__asan_set_error_report_callback(void (*Callback)(const char *));
[[gnu::weak]] void *__asan_get_report_address();
[[gnu::weak]] void *__asan_get_report_pc();
[[gnu::weak]] const char *__asan_locate_address(void *Address, char *Name,
                                                std::size_t NameSize,
                                                void **Begin,
                                                std::size_t *Size);
[[gnu::weak]] int __sanitizer_get_ownership(const volatile void *Memory);
[[gnu::weak]] std::size_t
__sanitizer_get_allocated_size(const volatile void *Memory);
}
// NOLINTEND(bugprone-reserved-identifier)

namespace {

/// One task: the addresses that its coroutine was handed, and the stack, the
/// coroutine's function first.
struct Record {
  std::vector<std::uintptr_t> Addresses;
  std::vector<void *> Stack;
};

struct Records {
  SmallLock Lock;
  std::unordered_map<const void *, Record> OfFrames;
};

/// The object to which a failed access belongs.
struct Region {
  std::uintptr_t Begin = 0;
  std::size_t Size = 0;
  std::string Name; ///< Of a variable, if it has one.
};

constexpr int MaxFrames = 64;

/// Parameters come first: larger frames are not searched completely.
constexpr std::size_t MaxFrameSize = 4096;

Records &records() {
  static auto *All = new Records; // Outlives reports at exit.
  return *All;
}

std::vector<void *> stackHere() {
  std::vector<void *> Stack(MaxFrames);
  Stack.resize(std::size_t(::backtrace(Stack.data(), MaxFrames)));
  return Stack;
}

/// The innermost function of the program in \p Stack, from \p First on.
SourceFrame ownFrame(const std::vector<void *> &Stack, std::size_t First) {
  for (; First < Stack.size(); ++First) {
    SourceFrame Frame = locate(Stack[First]);
    if (Frame.OwnSite.Line != 0 && !isLibrary(Frame))
      return Frame;
  }
  return {};
}

Region regionOf(void *Address) {
  Region Found;
  char Name[128] = "";
  void *Begin = nullptr;
  __asan_locate_address(Address, Name, sizeof(Name), &Begin, &Found.Size);
  Found.Begin = reinterpret_cast<std::uintptr_t>(Begin);
  // Compilers call their temporaries `ref.tmp` and `<unknown>`.
  if (std::strpbrk(Name, ".<") == nullptr)
    Found.Name.assign(Name, std::strcspn(Name, ":"));
  return Found;
}

/// The stack of a task that was handed an address in \p Object, preferably one
/// whose coroutine is the function \p Symbol: Clang's name of its body begins
/// with that of the function.
std::vector<void *> borrowerOf(const Region &Object,
                               const std::string &Symbol) {
  std::vector<void *> Found;
  const std::lock_guard Guard(records().Lock);
  for (const auto &[Frame, Task] : records().OfFrames) {
    if (std::ranges::none_of(Task.Addresses, [&](std::uintptr_t Address) {
          return Address >= Object.Begin &&
                 Address < Object.Begin + Object.Size;
        }))
      continue;
    const std::string Function = locate(Task.Stack.front()).Symbol;
    const bool Runs = !Function.empty() && Symbol.starts_with(Function);
    if (Runs || Found.empty())
      Found = Task.Stack;
    if (Runs)
      break;
  }
  return Found;
}

/// AddressSanitizer calls it before it ends the program, or continues.
void accessFailed(const char *) {
  if (!Contracts::active())
    return;
  const std::vector<void *> Stack = stackHere();
  // Functions of AddressSanitizer itself have no line.
  const auto At = std::ranges::find(Stack, __asan_get_report_pc());
  const SourceFrame Use =
      ownFrame(Stack, At == Stack.end() ? 0 : std::size_t(At - Stack.begin()));
  const Region Object = regionOf(__asan_get_report_address());
  const std::vector<void *> Made = borrowerOf(Object, Use.Symbol);
  if (Made.empty())
    return;
  Violation V;
  V.Kind = ViolationKind::DanglingReference;
  V.Check = "coro-dangling-reference";
  V.Where = Use.OwnSite;
  V.Message = Object.Name.empty() ? "an object" : "'" + Object.Name + "'";
  V.Message += ", to which a task refers, is used after its end";
  const SourceFrame Creator = ownFrame(Made, 1);
  if (Creator.OwnSite.Line != 0)
    V.Notes.push_back({Creator.OwnSite, "the task was created here"});
  Contracts::violate(std::move(V), /*MayThrow=*/false);
}

bool listenToSanitizer() {
  if (!__asan_set_error_report_callback || !__asan_get_report_pc ||
      !__asan_get_report_address || !__asan_locate_address ||
      !__sanitizer_get_ownership || !__sanitizer_get_allocated_size)
    return false;
  __asan_set_error_report_callback(&accessFailed);
  return true;
}

/// The words of a new frame that may be addresses of other objects.
std::vector<std::uintptr_t> addressesIn(const void *Frame) {
  std::vector<std::uintptr_t> Found;
  if (!__sanitizer_get_ownership(Frame)) // Part of another frame.
    return Found;
  const std::size_t Size =
      std::min(__sanitizer_get_allocated_size(Frame), MaxFrameSize);
  const auto Begin = reinterpret_cast<std::uintptr_t>(Frame);
  for (std::size_t I = 0; I + sizeof(void *) <= Size; I += sizeof(void *)) {
    std::uintptr_t Word;
    __builtin_memcpy(&Word, static_cast<const char *>(Frame) + I, sizeof(Word));
    if (Word > MaxFrameSize && (Word < Begin || Word >= Begin + Size))
      Found.push_back(Word);
  }
  return Found;
}

} // namespace

void corolint::rt::detail::lockBorrowsForFork(bool Lock) noexcept {
  Lock ? records().Lock.lock() : records().Lock.unlock();
}

void corolint::rt::detail::taskMade(const void *Frame, const void *Made) {
  static const bool Listens = listenToSanitizer();
  if (!Listens)
    return;
  Record New{addressesIn(Frame), {}};
  const std::vector<void *> Stack = stackHere();
  New.Stack.assign(std::ranges::find(Stack, Made), Stack.end());
  if (New.Addresses.empty() || New.Stack.empty())
    return;
  const std::lock_guard Guard(records().Lock);
  records().OfFrames.insert_or_assign(Frame, std::move(New));
  RecordedTasks.store(std::uint32_t(records().OfFrames.size()),
                      std::memory_order_relaxed);
}

void corolint::rt::detail::taskDestroyed(const void *Frame) noexcept {
  const std::lock_guard Guard(records().Lock);
  records().OfFrames.erase(Frame);
  RecordedTasks.store(std::uint32_t(records().OfFrames.size()),
                      std::memory_order_relaxed);
}
