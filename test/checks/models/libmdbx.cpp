// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// libmdbx: only writers wait, for the lock and for the disk.

#include "coro.h"
#include <libmdbx/libmdbx.h>
using namespace coro;

task<> c_bad(MDBX_env *env, MDBX_txn *txn) {
  mdbx_txn_begin(env, nullptr, MDBX_TXN_READWRITE, &txn); // warn: coro-blocking-call
  mdbx_txn_commit(txn); // warn: coro-blocking-call
  mdbx_env_sync_ex(env, true, false); // warn: coro-blocking-call
  mdbx_txn_lock(env, false); // warn: coro-blocking-call
  co_return;
}
task<> c_ok(MDBX_env *env, MDBX_txn *txn) {
  mdbx_txn_begin(env, nullptr, MDBX_TXN_RDONLY, &txn);
  mdbx_txn_begin(env, nullptr, MDBX_TXN_TRY, &txn);
  mdbx_env_sync_ex(env, false, true);
  mdbx_env_sync_poll(env);
  mdbx_txn_lock(env, true);
  mdbx_txn_unlock(env);
  co_return;
}

task<> write_bad(mdbx::env &env, mdbx::env &other) {
  auto txn = env.start_write(); // warn: coro-blocking-call
  txn.commit(); // warn: coro-blocking-call
  other.sync_to_disk(); // warn: coro-blocking-call
  co_return;
}
task<> open_bad() {
  mdbx::env_managed env("data"); // warn: coro-blocking-call
  co_return;
}
task<> cpp_ok(mdbx::env &env, mdbx::txn &parent) {
  mdbx::env_managed later;
  auto reader = env.start_read();
  auto mine = env.start_write(true);
  auto nested = env.start_write(parent);
  auto tried = env.try_start_write();
  env.sync_to_disk(false, true);
  env.poll_sync_to_disk();
  co_return;
}
