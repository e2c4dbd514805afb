// libmdbx as of 2026-05 (93c3661c), as far as
// lib/model/libmdbx.yaml names it.
#ifndef COROLINT_STUB_MDBX_H
#define COROLINT_STUB_MDBX_H

#include "../coroutine.h"

enum MDBX_txn_flags { MDBX_TXN_RDONLY = 0x20000, MDBX_TXN_TRY = 0x10000000 };

namespace mdbx {
class env {
public:
  void copy();
  void sync_to_disk();
  void start_write();
};

class txn_managed {
public:
  void commit();
};

class env_managed {
public:
  void close();
  env_managed();
};

} // namespace mdbx

void mdbx_env_close_ex();
void mdbx_env_copy();
void mdbx_env_copy2fd();
void mdbx_env_open();
void mdbx_env_sync();
void mdbx_env_sync_ex();
void mdbx_txn_commit();
void mdbx_txn_commit_ex();
template <typename A0, typename A1, typename A2>
void mdbx_txn_begin(A0 &&, A1 &&, A2 &&);
template <typename A0, typename A1, typename A2>
void mdbx_txn_begin_ex(A0 &&, A1 &&, A2 &&);
#endif // COROLINT_STUB_MDBX_H
