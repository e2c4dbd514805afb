// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
#include <list>
#include <map>
#include <seastar/seastar.hh>

seastar::future<> send(int);

struct Peers {
  std::list<int> peers;
  std::map<int, int> ports;
  void remove(int peer) { peers.remove(peer); }
  void close(int peer) { ports.erase(peer); }

  seastar::future<> loop() {
    return seastar::async([this] {
      for (int peer : peers)
        // CHECK-NOTES: :[[@LINE-1]]:7: warning: the loop over 'peers' suspends while 'peers' may change
        // CHECK-NOTES: :[[@LINE+2]]:9: note: other code may run before this call returns
        // CHECK-NOTES: :12:33: note: 'remove' may run meanwhile, and changes 'peers' here
        send(peer).get();
    });
  }
  seastar::future<> kept(int peer) {
    return seastar::async([this, peer] {
      auto it = ports.find(peer);
      // CHECK-NOTES: :[[@LINE+6]]:14: warning: 'it' leads into 'ports' and is used after a suspension point
      // CHECK-NOTES: :[[@LINE-2]]:12: note: it is taken here
      // CHECK-NOTES: :[[@LINE+3]]:9: note: other code may run before this call returns
      // CHECK-NOTES: :13:32: note: 'close' may run meanwhile, and changes 'ports' here
      if (it != ports.end()) {
        send(peer).get();
        send(it->second).get();
      }
    });
  }
};
