// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   %qt_flags -fPIC
// https://github.com/jgaa/next-app/commit/ff88e5bb0c1d8d819ba2524f5b222e764e00b0b0
// signup() became a wrapper of a coroutine that kept its reference parameters.
// The coroutine awaits the server and then reads them; the one-time password
// is a temporary of the wrapper's call.
#include <QtCore/QObject>
#include <QtCore/QString>
#include <qcoro/qcorotask.h>

QCoro::Task<QString> createCsr();
QCoro::Task<bool> sendSignup(QString csr, QString name, QString otp);

class ServerComm : public QObject {
  int status_ = 0;
  void addMessage(const QString &text);

  QCoro::Task<void> signupOrAdd_bad(const QString &name, const QString &otp, int region) {
    status_ = 1;
    QString csr = co_await createCsr();
    bool accepted = co_await sendSignup(csr, name, otp);
    status_ = accepted ? region : -1;
  }
  QCoro::Task<void> signupOrAdd_ok(QString name, QString otp, int region) {
    status_ = 1;
    QString csr = co_await createCsr();
    bool accepted = co_await sendSignup(csr, name, otp);
    status_ = accepted ? region : -1;
  }

public:
  void signup_bad(int region) {
    QString name = QStringLiteral("nobody");
    signupOrAdd_bad(name, QString(), region); // warn: coro-dangling-reference, coro-dangling-reference
  }
  void signup_ok(const QString &name, int region) {
    signupOrAdd_ok(name, {}, region);
  }
  QCoro::Task<void> addDevice_ok(QString name, QString otp) { co_await signupOrAdd_bad(name, otp, 1); }
};
