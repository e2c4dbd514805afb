// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- --
// https://github.com/eBay/HomeStore/pull/630
// Synchronous I/O on a reactor is a fiber that waits for a promise. A service does that under a mutex of the standard
// library, which the next fiber of the thread also locks.
#include <boost/fiber/fiber.hpp>
#include <boost/fiber/future.hpp>
#include <boost/fiber/mutex.hpp>
#include <memory>
#include <mutex>
struct iocb {
  boost::fibers::promise<int> completion;
};
void submit(std::shared_ptr<iocb> request);
struct VirtualDev {
  int sync_write(const char *) {
    auto request = std::make_shared<iocb>();
    auto written = request->completion.get_future();
    submit(request);
    return written.get();
  }
};
template <typename Mutex> class Service {
protected:
  Mutex m_meta_mtx;
  VirtualDev m_dev;
  void write_meta_blk(const char *block) { m_dev.sync_write(block); }
};
struct MetaBlkServiceBad : Service<std::mutex> {
  void update_sub_sb(const char *block) {
    std::lock_guard lg{m_meta_mtx};
    write_meta_blk(block); // warn: coro-lock-across-await
  }
};
struct MetaBlkServiceOk : Service<boost::fibers::mutex> {
  void update_sub_sb(const char *block) {
    std::lock_guard lg{m_meta_mtx};
    write_meta_blk(block);
  }
};
void flush(MetaBlkServiceBad &bad, MetaBlkServiceOk &ok, const char *block) {
  boost::fibers::fiber([&bad, block] { bad.update_sub_sb(block); }).join();
  boost::fibers::fiber([&ok, block] { ok.update_sub_sb(block); }).join();
}
