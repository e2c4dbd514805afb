// What the examples of docs/libraries/seastar.md take for granted.

#include <seastar/seastar.hh>

#include <deque>
#include <fstream>
#include <string>
#include <unordered_map>
#include <vector>

using seastar::future;

future<int> load(int key);
future<int> count(std::string table);
future<> mark(std::string endpoint);
future<> store(int value);
future<> transfer();
future<> lock_file();
future<std::vector<int>> segments();
