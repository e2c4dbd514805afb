//===-- IntrusiveList.h - Lists whose elements hold the links ---*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Waiters are part of a coroutine's frame and contain the links of their lists,
// so waiting never allocates and never fails. Not thread-safe: each list
// belongs to a thread or is protected by a lock.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_INTRUSIVELIST_H
#define COROLINT_RT_INTRUSIVELIST_H

namespace corolint::rt::detail {

/// The base class of list elements. \p Tag distinguishes the lists that an
/// element may be in at the same time. The links are set while the element is
/// in the list: an element that is never listed stores nothing.
template <class T, class Tag> class ListLinks {
public:
  union {
    T *NextInList;
  };
  union {
    T *PrevInList;
  };

private:
  friend T;
  ListLinks() noexcept {} // NOLINT(*-member-init,modernize-use-equals-default)
};

/// A list that grows at its front.
template <class T, class Tag> class IntrusiveList {
  using Links = ListLinks<T, Tag>;

public:
  bool empty() const noexcept { return !First; }
  T *first() const noexcept { return First; }
  /// The element after \p Element, or null.
  static T *next(const Links &Element) noexcept { return Element.NextInList; }

  void add(T &Element) noexcept {
    Links &Own = Element;
    Own.PrevInList = nullptr;
    Own.NextInList = First;
    if (First)
      static_cast<Links *>(First)->PrevInList = &Element;
    First = &Element;
  }
  void remove(T &Element) noexcept {
    const Links &Own = Element;
    (Own.PrevInList ? static_cast<Links *>(Own.PrevInList)->NextInList
                    : First) = Own.NextInList;
    if (Own.NextInList)
      static_cast<Links *>(Own.NextInList)->PrevInList = Own.PrevInList;
  }

private:
  T *First = nullptr;
};

/// A list that grows at its end, for first come, first served.
template <class T, class Tag> class IntrusiveQueue {
  using Links = ListLinks<T, Tag>;

public:
  bool empty() const noexcept { return !First; }
  T *first() const noexcept { return First; }

  void add(T &Element) noexcept {
    Links &Own = Element;
    Own.PrevInList = Last;
    Own.NextInList = nullptr;
    (Last ? static_cast<Links *>(Last)->NextInList : First) = &Element;
    Last = &Element;
  }
  void remove(T &Element) noexcept {
    const Links &Own = Element;
    (Own.PrevInList ? static_cast<Links *>(Own.PrevInList)->NextInList
                    : First) = Own.NextInList;
    (Own.NextInList ? static_cast<Links *>(Own.NextInList)->PrevInList : Last) =
        Own.PrevInList;
  }

private:
  T *First = nullptr;
  T *Last = nullptr;
};

} // namespace corolint::rt::detail

#endif // COROLINT_RT_INTRUSIVELIST_H
