//===-- LineTable.cpp - From an address to a source line ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LineTable.h"

using namespace corolint::rt;
using namespace corolint::rt::detail;

SourceSite corolint::rt::detail::locate(void *) { return {}; }

SourceSite
corolint::rt::detail::siteOfCoroutineCall(const std::vector<void *> &) {
  return {};
}
