// What tests of the checks include of Asio, with coroutines; see check_corolint.py.
// Flags: -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
#include "standard.h"
#include <asio.hpp>
#include <asio/awaitable.hpp>
#include <asio/bind_allocator.hpp>
#include <asio/bind_cancellation_slot.hpp>
#include <asio/buffer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/dispatch.hpp>
#include <asio/experimental/append.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <asio/experimental/prepend.hpp>
#include <asio/io_context.hpp>
#include <asio/io_context_strand.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>
#include <asio/spawn.hpp>
#include <asio/steady_timer.hpp>
#include <asio/strand.hpp>
#include <asio/this_coro.hpp>
#include <asio/thread_pool.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>
