// RUN: %check_corolint %s coro-blocking-call %t
// A TLS stream whose program moves the data between memory and the network.

#include <corolint/annotations.h>

extern "C" {
struct SSL;
struct SSL_CTX;
struct BIO;
SSL *SSL_new(SSL_CTX *);
void SSL_set_bio(SSL *, BIO *, BIO *);
int SSL_set_fd(SSL *, int);
int SSL_write(SSL *, const void *, int);
}

class InMemory {
  SSL *ssl;

public:
  InMemory(SSL_CTX *context, BIO *in, BIO *out) {
    ssl = SSL_new(context);
    SSL_set_bio(ssl, in, out);
  }
  COROLINT_EVENT_LOOP void write_ok(const char *data, int size) {
    SSL_write(ssl, data, size);
  }
};

class OnSocket {
  SSL *ssl;

public:
  OnSocket(SSL_CTX *context, int socket) {
    ssl = SSL_new(context);
    SSL_set_fd(ssl, socket);
  }
  COROLINT_EVENT_LOOP void write_bad(const char *data, int size) {
    SSL_write(ssl, data, size); // warn: coro-blocking-call
  }
};
