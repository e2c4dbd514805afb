//===-- rt.h - All of corolint's runtime ------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Includes the whole runtime except Shared.h and Sender.h, which users include
// themselves.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_H
#define COROLINT_RT_H

#include "corolint/rt/AsyncConditionVariable.h"
#include "corolint/rt/AsyncEvent.h"
#include "corolint/rt/AsyncGenerator.h"
#include "corolint/rt/AsyncLatch.h"
#include "corolint/rt/AsyncMutex.h"
#include "corolint/rt/AsyncSemaphore.h"
#include "corolint/rt/AsyncSharedMutex.h"
#include "corolint/rt/Cancellation.h"
#include "corolint/rt/Channel.h"
#include "corolint/rt/CleanUp.h"
#include "corolint/rt/Contracts.h"
#include "corolint/rt/Descriptor.h"
#include "corolint/rt/Errors.h"
#include "corolint/rt/EventLoop.h"
#include "corolint/rt/ForkJoin.h"
#include "corolint/rt/Gather.h"
#include "corolint/rt/Generator.h"
#include "corolint/rt/Isolated.h"
#include "corolint/rt/JoinHandle.h"
#include "corolint/rt/LinkedStopSource.h"
#include "corolint/rt/NoYieldScope.h"
#include "corolint/rt/Outcome.h"
#include "corolint/rt/RunBlocking.h"
#include "corolint/rt/Schedule.h"
#include "corolint/rt/Signals.h"
#include "corolint/rt/Sleep.h"
#include "corolint/rt/Socket.h"
#include "corolint/rt/SocketAddress.h"
#include "corolint/rt/SyncWait.h"
#include "corolint/rt/Task.h"
#include "corolint/rt/TaskScope.h"
#include "corolint/rt/ThreadPool.h"
#include "corolint/rt/WhenAll.h"
#include "corolint/rt/WhenAny.h"

#endif // COROLINT_RT_H
