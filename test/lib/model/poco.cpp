// REQUIRES: poco-headers
// RUN: %corolint_model_check --model=%models/poco.yaml %s -- -std=c++20

#include <Poco/Thread.h>
#include <Poco/Mutex.h>
#include <Poco/Condition.h>
#include <Poco/Event.h>
#include <Poco/Semaphore.h>
#include <Poco/Process.h>
#include <Poco/File.h>
#include <Poco/ScopedLock.h>
#include <Poco/RWLock.h>
#include <Poco/ActiveResult.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/DatagramSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/Socket.h>
