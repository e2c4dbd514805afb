//===-- Window.cpp - A window that saves a text -----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An input of the benchmark: a small program for Qt's event loop. Almost all of
// what Clang reads of it are Qt's headers.
//
//===----------------------------------------------------------------------===//

#include <QtConcurrent>
#include <QtNetwork>
#include <QtWidgets>

namespace {

class Window : public QMainWindow {
public:
  Window() {
    setCentralWidget(&Text);
    QObject::connect(&Text, &QPlainTextEdit::textChanged, this,
                     [this] { Delay.start(); });
    QObject::connect(&Delay, &QTimer::timeout, this, [this] { save(); });
    Delay.setSingleShot(true);
    Delay.setInterval(500);
  }

protected:
  void closeEvent(QCloseEvent *Event) override {
    if (Saved.isRunning())
      Event->ignore();
    else
      QMainWindow::closeEvent(Event);
  }

private:
  void save() {
    Saved = QtConcurrent::run([Content = Text.toPlainText()] {
      QFile File("text");
      if (File.open(QIODevice::WriteOnly))
        File.write(Content.toUtf8());
    });
  }

  QPlainTextEdit Text;
  QTimer Delay;
  QFuture<void> Saved;
};

} // namespace

int main(int Argc, char **Argv) {
  QApplication Application(Argc, Argv);
  Window Shown;
  Shown.show();
  return QApplication::exec();
}
