// Node-API of Node.js 18, as far as lib/model/node-api.yaml names it.
#ifndef COROLINT_STUB_NODE_API_H
#define COROLINT_STUB_NODE_API_H

#include <stddef.h>

extern "C" {
typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_callback_info__ *napi_callback_info;
typedef struct napi_async_work__ *napi_async_work;
typedef struct napi_threadsafe_function__ *napi_threadsafe_function;
typedef enum { napi_ok, napi_invalid_arg } napi_status;
typedef napi_value (*napi_callback)(napi_env env, napi_callback_info info);
typedef void (*napi_finalize)(napi_env env, void *data, void *hint);
typedef void (*napi_async_execute_callback)(napi_env env, void *data);
typedef void (*napi_async_complete_callback)(napi_env env, napi_status status,
                                             void *data);
typedef void (*napi_threadsafe_function_call_js)(napi_env env,
                                                 napi_value js_callback,
                                                 void *context, void *data);
typedef enum {
  napi_tsfn_nonblocking,
  napi_tsfn_blocking
} napi_threadsafe_function_call_mode;
napi_status napi_define_class(napi_env env, const char *utf8name, size_t length,
                              napi_callback constructor, void *data,
                              size_t count, const void *properties,
                              napi_value *result);
napi_status napi_wrap(napi_env env, napi_value object, void *native,
                      napi_finalize finalize, void *hint, void **result);
napi_status napi_add_finalizer(napi_env env, napi_value object, void *data,
                               napi_finalize finalize, void *hint,
                               void **result);
napi_status
napi_call_threadsafe_function(napi_threadsafe_function function, void *data,
                              napi_threadsafe_function_call_mode mode);
napi_status napi_create_function(napi_env env, const char *utf8name,
                                 size_t length, napi_callback cb, void *data,
                                 napi_value *result);
napi_status napi_create_object(napi_env env, napi_value *result);
napi_status napi_set_named_property(napi_env env, napi_value object,
                                    const char *utf8name, napi_value value);
napi_status napi_create_async_work(napi_env env, napi_value resource,
                                   napi_value resource_name,
                                   napi_async_execute_callback execute,
                                   napi_async_complete_callback complete,
                                   void *data, napi_async_work *result);
napi_status napi_queue_async_work(napi_env env, napi_async_work work);
napi_status napi_create_threadsafe_function(
    napi_env env, napi_value func, napi_value resource,
    napi_value resource_name, size_t max_queue_size,
    size_t initial_thread_count, void *finalize_data, napi_finalize finalize,
    void *context, napi_threadsafe_function_call_js call_js,
    napi_threadsafe_function *result);
}

#endif // COROLINT_STUB_NODE_API_H
