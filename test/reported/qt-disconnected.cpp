// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/shadowsocks/libQtShadowsocks/pull/124
// The end of a connection is handled by a lambda; with [&] it would refer to the
// local pointer of the function.

#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <vector>
class TcpServer : public QTcpServer {
  std::vector<QTcpSocket *> conList;

public:
  void incoming_bad(qintptr) {
    QTcpSocket *con = new QTcpSocket(this);
    conList.push_back(con);
    connect(con, &QAbstractSocket::disconnected, this, [&]() { // warn: coro-dangling-reference
      std::erase(conList, con);
      con->deleteLater();
    });
  }
  void incoming_ok(qintptr) {
    QTcpSocket *con = new QTcpSocket(this);
    conList.push_back(con);
    connect(con, &QAbstractSocket::disconnected, this, [=, this]() {
      std::erase(conList, con);
      con->deleteLater();
    });
  }
};
