// librados 16 of Ceph, as far as test/checks/models/librados.cpp uses it.
#ifndef COROLINT_STUB_LIBRADOS_H
#define COROLINT_STUB_LIBRADOS_H

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <string>

namespace librados {
class bufferlist {
public:
  bufferlist();
  ~bufferlist();
};
using completion_t = void *;
using callback_t = void (*)(completion_t, void *argument);

struct AioCompletion {
  int set_complete_callback(void *argument, callback_t);
  int wait_for_complete();
  bool is_complete();
  void release();
};

class WatchCtx2 {
public:
  virtual ~WatchCtx2();
  virtual void handle_notify(std::uint64_t notify, std::uint64_t cookie,
                             std::uint64_t notifier, bufferlist &) = 0;
  virtual void handle_error(std::uint64_t cookie, int error) = 0;
};

class IoCtx {
public:
  int read(const std::string &object, bufferlist &, std::size_t length,
           std::uint64_t offset);
  int write_full(const std::string &object, bufferlist &);
  int aio_read(const std::string &object, AioCompletion *, bufferlist *,
               std::size_t length, std::uint64_t offset);
  int aio_stat(const std::string &object, AioCompletion *, std::uint64_t *size,
               std::time_t *time);
  int aio_flush();
};

class Rados {
public:
  int connect();
  static AioCompletion *aio_create_completion(void *argument, callback_t);
};
} // namespace librados

#endif // COROLINT_STUB_LIBRADOS_H
