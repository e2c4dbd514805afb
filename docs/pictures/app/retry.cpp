#include "server.h"

#include <chrono>
#include <thread>

void back_off(int attempts) {
  std::this_thread::sleep_for(std::chrono::seconds(attempts));
}
