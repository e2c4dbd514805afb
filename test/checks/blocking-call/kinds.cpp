// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// What blocks by default, kind by kind, and what does not.

#include "coro.h"
#include <arpa/inet.h>
#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <latch>
#include <mqueue.h>
#include <mutex>
#include <netdb.h>
#include <pthread.h>
#include <semaphore.h>
#include <semaphore>
#include <sstream>
#include <string>
#include <sys/msg.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
using namespace coro;
using namespace std::chrono_literals;

task<> sleep_bad(timespec t) {
  std::this_thread::sleep_for(1s); // warn: coro-blocking-call
  std::this_thread::sleep_until(std::chrono::steady_clock::now()); // warn: coro-blocking-call
  sleep(1); // warn: coro-blocking-call
  ::sleep(1); // warn: coro-blocking-call
  usleep(1); // warn: coro-blocking-call
  nanosleep(&t, nullptr); // warn: coro-blocking-call
  co_return;
}

task<> wait_bad(std::unique_lock<std::mutex> &l, std::thread t,
                std::condition_variable &cv, std::condition_variable_any &any,
                std::latch &latch, std::barrier<> &barrier,
                std::counting_semaphore<> &semaphore,
                std::binary_semaphore &binary, std::atomic<int> &a,
                std::atomic_flag &flag, sem_t *sem, pthread_t pt) {
  t.join(); // warn: coro-blocking-call
  cv.wait(l); // warn: coro-blocking-call
  cv.wait(l, [] { return true; }); // warn: coro-blocking-call
  cv.wait_for(l, 1s); // warn: coro-blocking-call
  cv.wait_until(l, std::chrono::steady_clock::now()); // warn: coro-blocking-call
  any.wait(l); // warn: coro-blocking-call
  latch.wait(); // warn: coro-blocking-call
  latch.arrive_and_wait(); // warn: coro-blocking-call
  barrier.arrive_and_wait(); // warn: coro-blocking-call
  semaphore.acquire(); // warn: coro-blocking-call
  binary.acquire(); // warn: coro-blocking-call
  a.wait(0); // warn: coro-blocking-call
  flag.wait(false); // warn: coro-blocking-call
  sem_wait(sem); // warn: coro-blocking-call
  pthread_join(pt, nullptr); // warn: coro-blocking-call
  co_return;
}

task<> wait_ok(std::thread t, std::condition_variable &cv, std::latch &latch,
               std::counting_semaphore<> &semaphore, std::atomic<int> &a) {
  (void)t.joinable();
  t.detach();
  cv.notify_all();
  latch.count_down();
  (void)latch.try_wait();
  semaphore.release();
  (void)semaphore.try_acquire();
  a.notify_one();
  a.store(1);
  std::this_thread::yield();
  co_return;
}

task<> jthread_bad() {
  std::jthread t([] {}); // warn: coro-blocking-call
  co_return;
}

task<> jthread_ok(std::jthread &out) {
  std::jthread empty;
  std::jthread detached([] {});
  detached.detach();
  std::jthread moved([] {});
  out = std::move(moved);
  co_return;
}

task<> jthread_joined_bad() {
  std::jthread t([] {});
  t.join(); // warn: coro-blocking-call
  co_return;
}

task<> net_bad(int fd, char *buffer, sockaddr *address, socklen_t length) {
  connect(fd, address, length); // warn: coro-blocking-call
  accept(fd, nullptr, nullptr); // warn: coro-blocking-call
  recv(fd, buffer, 1, 0); // warn: coro-blocking-call
  send(fd, buffer, 1, 0); // warn: coro-blocking-call
  recvfrom(fd, buffer, 1, 0, nullptr, nullptr); // warn: coro-blocking-call
  co_return;
}

task<> net_ok(int fd, sockaddr *address, socklen_t length) {
  socket(AF_INET, SOCK_STREAM, 0);
  bind(fd, address, length);
  listen(fd, 1);
  shutdown(fd, SHUT_RD);
  co_return;
}

task<> dns_bad(addrinfo *result) {
  getaddrinfo("example.org", "http", nullptr, &result); // warn: coro-blocking-call
  gethostbyname("example.org"); // warn: coro-blocking-call
  co_return;
}

task<> dns_ok(addrinfo *result, in_addr *address) {
  freeaddrinfo(result);
  inet_pton(AF_INET, "127.0.0.1", address);
  co_return;
}

task<> file_bad(std::filesystem::path p, std::string line, struct stat s,
                std::ifstream &in, FILE *f) {
  std::ifstream opened("file"); // warn: coro-blocking-call
  std::ofstream out(p); // warn: coro-blocking-call
  std::fstream both;
  both.open("file"); // warn: coro-blocking-call
  std::getline(in, line); // warn: coro-blocking-call
  std::filesystem::copy(p, p); // warn: coro-blocking-call
  FILE *h = fopen("file", "r"); // warn: coro-blocking-call
  fread(&s, 1, 1, f); // warn: coro-blocking-call
  std::FILE *g = std::fopen("file", "r"); // warn: coro-blocking-call
  open("file", O_RDONLY); // warn: coro-blocking-call
  fsync(1); // warn: coro-blocking-call
  co_return;
}

// Asking for what the file system knows of one name: see file-metadata.cpp.
task<> file_metadata_ok(std::filesystem::path p, struct stat s) {
  (void)std::filesystem::exists(p);
  (void)std::filesystem::file_size(p);
  std::filesystem::remove(p);
  stat("file", &s);
  rename("a", "b");
  co_return;
}

task<> file_ok(std::filesystem::path p, std::filesystem::file_status s) {
  std::ifstream closed;
  (void)closed.is_open();
  (void)p.filename();
  (void)(p / "file");
  (void)std::filesystem::exists(s);
  (void)std::filesystem::is_directory(s);
  close(1);
  co_return;
}

task<> process_bad(int *status) {
  (void)system("true"); // warn: coro-blocking-call
  (void)std::system("true"); // warn: coro-blocking-call
  wait(status); // warn: coro-blocking-call
  waitpid(1, status, 0); // warn: coro-blocking-call
  co_return;
}

task<> process_ok() {
  (void)getpid();
  (void)std::getenv("HOME");
  kill(1, 0);
  co_return;
}

task<> input_bad(std::string line, int x) {
  std::cin >> x; // warn: coro-blocking-call
  std::getline(std::cin, line); // warn: coro-blocking-call
  std::cin.get(); // warn: coro-blocking-call
  getchar(); // warn: coro-blocking-call
  scanf("%d", &x); // warn: coro-blocking-call
  std::cin >> line; // warn: coro-blocking-call
  co_return;
}

task<> input_ok(std::istringstream s, std::string line, int x) {
  s >> x;
  s >> line;
  std::getline(s, line);
  s.get();
  std::istream &unknown = s;
  unknown >> x;
  co_return;
}

task<> ipc_bad(mqd_t queue, char *buffer) {
  mq_receive(queue, buffer, 1, nullptr); // warn: coro-blocking-call
  msgrcv(1, buffer, 1, 0, 0); // warn: coro-blocking-call
  co_return;
}

// Off by default: an uncontended mutex, the console, computing.
task<> lock_ok(std::mutex &m, pthread_mutex_t *pm) {
  m.lock();
  m.unlock();
  std::lock_guard l(m);
  pthread_mutex_lock(pm);
  pthread_mutex_unlock(pm);
  co_return;
}

task<> output_ok() {
  std::cout << "text" << 1 << std::endl;
  std::cerr << "text";
  printf("text");
  puts("text");
  std::fflush(stdout);
  co_return;
}

// What has the name of a blocking function need not be one.
namespace app {
void sleep(int);
void system(const char *);
struct thread {
  void join();
};
struct file {
  void open(const char *);
};
} // namespace app
namespace other::std::this_thread {
void sleep_for(int);
}
struct with_methods {
  void sleep(int);
  static void usleep(int);
};
void sleep(const char *);
task<> same_name_ok(app::thread t, app::file f, with_methods w) {
  app::sleep(1);
  app::system("true");
  t.join();
  f.open("file");
  other::std::this_thread::sleep_for(1);
  w.sleep(1);
  with_methods::usleep(1);
  sleep("overloaded");
  co_return;
}

// However it is named.
namespace alias = std::this_thread;
using std::this_thread::sleep_for;
struct derived_thread : std::thread {};
task<> other_spelling_bad(derived_thread &t) {
  alias::sleep_for(1s); // warn: coro-blocking-call
  sleep_for(1s); // warn: coro-blocking-call
  (sleep_for)(1s); // warn: coro-blocking-call
  (std::this_thread::sleep_for<int, std::ratio<1>>)(1s); // warn: coro-blocking-call
  t.join(); // warn: coro-blocking-call
  co_return;
}

void plain_function_ok() {
  sleep(1);
  std::this_thread::sleep_for(1s);
  (void)system("true");
}
