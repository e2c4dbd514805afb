// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/SerenityOS/serenity/pull/15436
// A dialog's constructor gives its boxes callbacks that refer to a local lambda
// and to local pointers.

#include <functional>
#include <memory>
#include <string>
template <class T> using Ref = std::shared_ptr<T>;
struct ComboBox {
  std::function<void(const std::string &, int)> on_change;
  void set_range(int, int);
  int value() const;
};
struct Dialog { virtual ~Dialog(); };
int days_in_month(int year, int month);
class AddEventDialog : public Dialog {
  Ref<ComboBox> m_month, m_year;
  Ref<ComboBox> make();
  int m_start = 0;

public:
  AddEventDialog() {
    m_month = make();
    m_year = make();
    Ref<ComboBox> day = make();
    auto update_starting_day_range = [&day, this] {
      day->set_range(1, days_in_month(m_year->value(), m_month->value()));
    };
    m_year->on_change = [&](const std::string &, int) { update_starting_day_range(); }; // warn: coro-dangling-reference
    m_month->on_change = [&](const std::string &, int) { update_starting_day_range(); }; // warn: coro-dangling-reference
  }
  explicit AddEventDialog(int start) : m_start(start) {
    m_month = make();
    m_year = make();
    Ref<ComboBox> day = make();
    auto update_starting_day_range = [day, this] {
      day->set_range(1, days_in_month(m_year->value(), m_month->value()));
    };
    m_year->on_change = [update_starting_day_range](const std::string &, int) { update_starting_day_range(); };
    m_month->on_change = [update_starting_day_range](const std::string &, int) { update_starting_day_range(); };
  }
};
