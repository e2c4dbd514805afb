// RUN: %corolint_model_check --model=%models/qt.yaml %s -- -std=c++20 \
// RUN:   %qt_flags

#include <QtCore>
#include <QtConcurrent>
#include <QtDBus>
#include <QtNetwork>
#include <QtSql>
#include <QtTest>
#include <QtWidgets>
#include <qcoro/qcoroasyncgenerator.h>
#include <qcoro/qcorofuture.h>
#include <qcoro/qcorotask.h>
#include <qcoro/qcorothread.h>
#include <qcoro/qcoroprocess.h>
#include <qcoro/qcoronetwork.h>
