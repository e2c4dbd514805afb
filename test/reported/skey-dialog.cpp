// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/collyn/skey/pull/24
// The lambdas of a dialog's buttons capture the local pointers to its widgets by reference.
#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QString>
class SettingsWindow : public QDialog {
  void addMacro(const QString &, const QString &);

public:
  void editMacro_bad() {
    auto *dialog = new QDialog(this);
    auto *key = new QLineEdit(dialog);
    auto *text = new QLineEdit(dialog);
    auto *ok = new QPushButton(dialog);
    connect(ok, &QPushButton::clicked, dialog, [this, &key, &text]() { addMacro(key->text(), text->text()); }); // warn: coro-dangling-reference
    dialog->show();
  }
  void editMacro_ok() {
    auto *dialog = new QDialog(this);
    auto *key = new QLineEdit(dialog);
    auto *text = new QLineEdit(dialog);
    auto *ok = new QPushButton(dialog);
    connect(ok, &QPushButton::clicked, dialog, [this, key, text]() { addMacro(key->text(), text->text()); });
    dialog->show();
  }
  void editMacro_modal_ok() {
    auto *dialog = new QDialog(this);
    auto *key = new QLineEdit(dialog);
    auto *ok = new QPushButton(dialog);
    connect(ok, &QPushButton::clicked, dialog, [this, &key]() { addMacro(key->text(), key->text()); });
    dialog->exec();
  }
};
