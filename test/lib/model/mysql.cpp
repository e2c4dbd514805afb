// REQUIRES: mysql-headers
// RUN: %corolint_model_check --model=%models/mysql.yaml %s -- -std=c++20

#include <mariadb/mysql.h>
