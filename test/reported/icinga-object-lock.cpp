// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- --
// https://github.com/Icinga/icinga2/pull/10764
// A handler of HTTP requests sends an object under its lock, a guard of the project's own. With a yield context, the
// body is also flushed, and the coroutine may resume on another thread.
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/spawn.hpp>
#include <boost/asio/write.hpp>
#include <mutex>
#include <string>
class Object {
  mutable std::recursive_mutex m_Mutex;
  std::string m_Text;
  friend struct ObjectLock;

public:
  std::string Encode() const { return m_Text; }
};
struct ObjectLock {
  explicit ObjectLock(const Object &object) : m_Object(&object) { m_Object->m_Mutex.lock(); }
  ObjectLock(const ObjectLock &) = delete;
  ~ObjectLock() { m_Object->m_Mutex.unlock(); }

private:
  const Object *m_Object;
};
class HttpResponse {
  boost::asio::ip::tcp::socket &m_Stream;
  std::string m_Body;

public:
  explicit HttpResponse(boost::asio::ip::tcp::socket &stream) : m_Stream(stream) {}
  void Append(const std::string &text) { m_Body += text; }
  void Flush(boost::asio::yield_context yc) {
    boost::asio::async_write(m_Stream, boost::asio::buffer(m_Body), yc);
    m_Body.clear();
  }
};
void SendJsonBody(HttpResponse &response, const Object &object) { response.Append(object.Encode()); }
void SendJsonBody(HttpResponse &response, const Object &object, boost::asio::yield_context &yc) {
  SendJsonBody(response, object);
  response.Flush(yc);
}
void handle_bad(HttpResponse &response, const Object &object, boost::asio::yield_context &yc) {
  ObjectLock olock(object);
  SendJsonBody(response, object, yc); // warn: coro-lock-across-await
}
void handle_ok(HttpResponse &response, const Object &object, boost::asio::yield_context &yc) {
  {
    ObjectLock olock(object);
    SendJsonBody(response, object);
  }
  response.Flush(yc);
}
