// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/zilliztech/knowhere/issues/890
// The asynchronous interface of an index pushes a lambda to a pool of folly's; it refers to the parameters.
#include <functional>
#include <memory>
#include <string>
#include <utility>
namespace folly {
class Executor {
public:
  virtual ~Executor();
  virtual void add(std::function<void()> func) = 0;
};
class CPUThreadPoolExecutor : public Executor {
public:
  explicit CPUThreadPoolExecutor(std::size_t threads);
  void add(std::function<void()> func) override;
};
struct Unit {};
template <class T> class Future {
public:
  Future(Future &&) noexcept;
  template <class F> auto then(F &&func) && -> Future<decltype(func(std::declval<T>()))>;
  template <class F> auto thenValue(F &&func) && -> Future<decltype(func(std::declval<T>()))>;
};
template <class T> class SemiFuture {
public:
  Future<T> via(Executor *executor) &&;
};
SemiFuture<Unit> makeSemiFuture();
} // namespace folly
class ThreadPool {
  folly::CPUThreadPoolExecutor m_pool{8};

public:
  template <class Func, class... Args> auto push(Func &&func, Args &&...args) {
    return folly::makeSemiFuture().via(&m_pool).thenValue(
        [func = std::forward<Func>(func), &args...](auto &&) mutable { return func(std::forward<Args>(args)...); });
  }
};
using DataSetPtr = std::shared_ptr<struct DataSet>;
struct Json { std::string text; };
class Index {
  ThreadPool *m_pool;
  int search(const DataSetPtr &dataset, const Json &config);

public:
  folly::Future<int> search_async_bad(const DataSetPtr dataset, const Json &config) {
    return m_pool->push([&] { return search(dataset, config); }); // warn: coro-dangling-reference
  }
  folly::Future<int> search_async_ok(const DataSetPtr dataset, const Json &config) {
    return m_pool->push([this, dataset, config] { return search(dataset, config); });
  }
};
