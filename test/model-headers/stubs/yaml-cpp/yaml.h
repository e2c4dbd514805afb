// yaml-cpp 0.7.0, as far as lib/model/yaml-cpp.yaml names it.

#ifndef COROLINT_TEST_YAML_CPP_H
#define COROLINT_TEST_YAML_CPP_H

#include <string>
#include <vector>

namespace YAML {

class Node {
public:
  Node();
  Node(const Node &rhs);
  ~Node();
  const Node operator[](const char *key) const;
};

Node Load(const std::string &input);
Node LoadFile(const std::string &filename);
std::vector<Node> LoadAllFromFile(const std::string &filename);

} // namespace YAML

#endif // COROLINT_TEST_YAML_CPP_H
