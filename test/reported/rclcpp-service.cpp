// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/ros2/rclcpp/issues/773
// A callback of a node spins until another service answers. The executor is already spinning.
#include <memory>
#include <rclcpp/rclcpp.hpp>
#include <string>
struct ComputePath {
  struct Request { using SharedPtr = std::shared_ptr<Request>; };
  struct Response { using SharedPtr = std::shared_ptr<Response>; int cost; };
};
class Navigator : public rclcpp::Node {
  rclcpp::Client<ComputePath>::SharedPtr planner_ = create_client<ComputePath>("plan");
  rclcpp::Service<ComputePath>::SharedPtr bad_, get_, ok_;

public:
  Navigator() : Node("navigator") {
    bad_ = create_service<ComputePath>("navigate", [this](const ComputePath::Request::SharedPtr request,
                                                          ComputePath::Response::SharedPtr response) {
      auto result = planner_->async_send_request(request);
      rclcpp::spin_until_future_complete(shared_from_this(), result.future); // warn: coro-sync-over-async
      response->cost = 1;
    });
    get_ = create_service<ComputePath>("get", [this](const ComputePath::Request::SharedPtr request,
                                                     ComputePath::Response::SharedPtr response) {
      auto result = planner_->async_send_request(request);
      response->cost = result.get()->cost; // warn: coro-sync-over-async
    });
    ok_ = create_service<ComputePath>("navigate_ok", [this](const ComputePath::Request::SharedPtr request,
                                                            ComputePath::Response::SharedPtr) {
      planner_->async_send_request(request,
                                   [](rclcpp::Client<ComputePath>::SharedFuture future) { future.get(); });
    });
  }
};
int main() {
  auto node = std::make_shared<Navigator>();
  auto client = node->create_client<ComputePath>("plan");
  auto result = client->async_send_request(std::make_shared<ComputePath::Request>());
  rclcpp::spin_until_future_complete(node, result.future);
}
