//===-- Users.h - A service that knows the user -----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EXAMPLES_USERS_H
#define COROLINT_EXAMPLES_USERS_H

#include "support/PassOffice.h"

namespace examples {

struct User {
  int Id = 0;
};

/// Whose requests these are. Asks a service, which takes a moment.
inline Task<User> currentUser() {
  co_await rt::sleep_for(5ms);
  co_return User{7};
}

/// Gets a new pass for that user.
inline Task<Pass> requestPassFor(const PassOffice &Office, User Applicant) {
  if (Applicant.Id == 0)
    throw std::invalid_argument("nobody gets no pass");
  co_return co_await requestPass(Office);
}

} // namespace examples

#endif // COROLINT_EXAMPLES_USERS_H
