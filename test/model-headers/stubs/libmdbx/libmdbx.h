// libmdbx as of 2026-05 (93c3661c), as far as
// lib/model/libmdbx.yaml names it.
#ifndef COROLINT_STUB_MDBX_H
#define COROLINT_STUB_MDBX_H

#include <string>

enum MDBX_env_flags { MDBX_ENV_DEFAULTS = 0 };
enum MDBX_txn_flags {
  MDBX_TXN_READWRITE = 0,
  MDBX_TXN_RDONLY = 0x20000,
  MDBX_TXN_TRY = 0x10000000
};
struct MDBX_env;
struct MDBX_txn;
struct MDBX_commit_latency;

namespace mdbx {
class txn {};
class txn_managed : public txn {
public:
  void commit();
};

class env {
public:
  env &copy(const std::string &destination, bool compactify);
  bool sync_to_disk(bool force = true, bool nonblock = false);
  bool poll_sync_to_disk();
  txn_managed start_read() const;
  txn_managed start_write(txn &parent);
  txn_managed start_write(bool dont_wait = false);
  txn_managed try_start_write();
};

class env_managed : public env {
public:
  env_managed() noexcept;
  explicit env_managed(const std::string &path, bool accede = true);
  void close(bool dont_sync = false);
};

} // namespace mdbx

extern "C" {
int mdbx_env_close_ex(MDBX_env *, bool dont_sync);
int mdbx_env_copy(MDBX_env *, const char *destination, int flags);
int mdbx_env_copy2fd(MDBX_env *, int fd, int flags);
int mdbx_env_open(MDBX_env *, const char *path, MDBX_env_flags, unsigned mode);
int mdbx_env_sync(MDBX_env *);
int mdbx_env_sync_ex(MDBX_env *, bool force, bool nonblock);
int mdbx_env_sync_poll(MDBX_env *);
int mdbx_txn_begin(MDBX_env *, MDBX_txn *parent, MDBX_txn_flags, MDBX_txn **);
int mdbx_txn_begin_ex(MDBX_env *, MDBX_txn *parent, MDBX_txn_flags, MDBX_txn **,
                      void *context);
int mdbx_txn_commit(MDBX_txn *);
int mdbx_txn_commit_ex(MDBX_txn *, MDBX_commit_latency *);
int mdbx_txn_lock(MDBX_env *, bool dont_wait);
int mdbx_txn_unlock(MDBX_env *);
}

#endif // COROLINT_STUB_MDBX_H
