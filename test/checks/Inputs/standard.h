// Headers of the standard library that tests of the checks include. The build
// precompiles them; see check_corolint.py. Those that are not here, as <vector> and
// <string>, take less time to parse than the precompiled file takes to read.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <thread>
