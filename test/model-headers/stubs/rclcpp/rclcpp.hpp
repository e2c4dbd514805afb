// rclcpp as of 2024-12 (a0a2a067d), as far as lib/model/rclcpp.yaml names it.
// The real library spreads this over rclcpp/node.hpp, rclcpp/client.hpp,
// rclcpp/executors.hpp and others.
#ifndef COROLINT_STUB_RCLCPP_H
#define COROLINT_STUB_RCLCPP_H

#include <chrono>
#include <cstdint>
#include <future>
#include <memory>
#include <string>

namespace rclcpp {

enum class FutureReturnCode { SUCCESS, INTERRUPTED, TIMEOUT };
class QoS {
public:
  QoS(std::size_t depth);
};
class CallbackGroup;
class Clock;
class TimerBase {
public:
  using SharedPtr = std::shared_ptr<TimerBase>;
};
template <typename M> class Subscription {
public:
  using SharedPtr = std::shared_ptr<Subscription>;
};
template <typename S> class Service {
public:
  using SharedPtr = std::shared_ptr<Service>;
};

namespace detail {
template <typename FutureT> struct FutureAndRequestId {
  FutureT future;
  std::int64_t request_id;
  auto get() { return future.get(); }
  void wait() const;
  template <typename R, typename P>
  std::future_status wait_for(const std::chrono::duration<R, P> &) const;
};
} // namespace detail

template <typename S> class Client {
public:
  using SharedPtr = std::shared_ptr<Client>;
  using SharedRequest = std::shared_ptr<typename S::Request>;
  using SharedResponse = std::shared_ptr<typename S::Response>;
  using SharedFuture = std::shared_future<SharedResponse>;
  struct FutureAndRequestId
      : detail::FutureAndRequestId<std::future<SharedResponse>> {};
  struct SharedFutureAndRequestId
      : detail::FutureAndRequestId<std::shared_future<SharedResponse>> {};
  FutureAndRequestId async_send_request(SharedRequest request);
  template <typename CallbackT>
  SharedFutureAndRequestId async_send_request(SharedRequest request,
                                              CallbackT &&cb);
};

class Node : public std::enable_shared_from_this<Node> {
public:
  explicit Node(const std::string &name);
  template <typename M, typename CallbackT>
  typename Subscription<M>::SharedPtr
  create_subscription(const std::string &topic, const QoS &qos,
                      CallbackT &&callback);
  template <typename S, typename CallbackT>
  typename Service<S>::SharedPtr create_service(const std::string &name,
                                                CallbackT &&callback);
  template <typename S>
  typename Client<S>::SharedPtr create_client(const std::string &name);
  template <typename R, typename P, typename CallbackT>
  TimerBase::SharedPtr create_wall_timer(std::chrono::duration<R, P> period,
                                         CallbackT callback);
  template <typename R, typename P, typename CallbackT>
  TimerBase::SharedPtr create_timer(std::chrono::duration<R, P> period,
                                    CallbackT callback);
};

template <typename M, typename CallbackT, typename NodeT>
typename Subscription<M>::SharedPtr create_subscription(NodeT &node,
                                                        const std::string &topic,
                                                        const QoS &qos,
                                                        CallbackT &&callback);
template <typename S, typename CallbackT, typename NodeT>
typename Service<S>::SharedPtr create_service(NodeT node,
                                              const std::string &name,
                                              CallbackT &&callback);
template <typename CallbackT, typename NodeT>
TimerBase::SharedPtr create_timer(NodeT node, std::shared_ptr<Clock> clock,
                                  std::chrono::nanoseconds period,
                                  CallbackT &&callback);
template <typename R, typename P, typename CallbackT, typename NodeT>
TimerBase::SharedPtr create_wall_timer(std::chrono::duration<R, P> period,
                                       CallbackT callback, NodeT node);

class Executor {
public:
  virtual ~Executor();
  virtual void spin() = 0;
  void spin_all(std::chrono::nanoseconds);
  template <typename R, typename P>
  void spin_node_once(std::shared_ptr<Node>, std::chrono::duration<R, P>);
  void spin_once(std::chrono::nanoseconds = std::chrono::nanoseconds(-1));
  void spin_some(std::chrono::nanoseconds = std::chrono::nanoseconds(0));
  template <typename FutureT, typename R = std::int64_t,
            typename P = std::milli>
  FutureReturnCode spin_until_future_complete(
      const FutureT &future,
      std::chrono::duration<R, P> timeout = std::chrono::duration<R, P>(-1));
};

namespace executors {
template <typename FutureT>
FutureReturnCode spin_node_until_future_complete(Executor &,
                                                 std::shared_ptr<Node>,
                                                 const FutureT &future);
} // namespace executors

void spin(std::shared_ptr<Node>);
void spin_some(std::shared_ptr<Node>);
template <typename FutureT, typename R = std::int64_t, typename P = std::milli>
FutureReturnCode spin_until_future_complete(
    std::shared_ptr<Node>, const FutureT &future,
    std::chrono::duration<R, P> timeout = std::chrono::duration<R, P>(-1));
bool sleep_for(const std::chrono::nanoseconds &);

} // namespace rclcpp

#endif // COROLINT_STUB_RCLCPP_H
