// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/kovzol/aris/issues/53
// A file dialog returns at once and calls back later; the callback refers to the parameters of the function.
#include <functional>
#include <string>
// As in Qt 6.
using QString = std::string;
using QByteArray = std::string;
struct QFileDialog {
  static void getOpenFileContent(const QString &nameFilter,
                                 const std::function<void(const QString &, const QByteArray &)> &completed);
};
struct ProofData { void load(const QByteArray &); };
struct GoalData { void clear(); };
class Connector {
  QString m_name;

public:
  void open_bad(ProofData *proof, GoalData *goals) {
    auto ready = [this, &proof, &goals](const QString &name, const QByteArray &content) { // warn: coro-dangling-reference
      m_name = name;
      goals->clear();
      proof->load(content);
    };
    QFileDialog::getOpenFileContent("*.tle", ready);
  }
  void open_ok(ProofData *proof, GoalData *goals) {
    auto ready = [this, proof, goals](const QString &name, const QByteArray &content) {
      m_name = name;
      goals->clear();
      proof->load(content);
    };
    QFileDialog::getOpenFileContent("*.tle", ready);
  }
};
