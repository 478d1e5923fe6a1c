"""Fields for days, and for one that may be left open: a box to tick, and the day beside it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCalendarWidget, QCheckBox, QSizePolicy, QToolButton

from app.words.texts import Translator
from ui.widgets.fields import DateField


def day_field(name: str, language: str) -> DateField:
    """A field for a day, written as in this language."""
    field = DateField()
    field.setObjectName(name)
    field.setDisplayFormat("dd.MM.yyyy" if language == "de" else "d MMM yyyy")
    field.setLocale(QLocale(language))
    _style_calendar(field.calendarWidget())
    return field


def show_day(field: DateField, day: date) -> None:
    """Show a day in a field."""
    field.setDate(QDate(day.year, day.month, day.day))


def day_in(field: DateField) -> date:
    """The day in a field."""
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())


def _style_calendar(calendar: QCalendarWidget) -> None:
    """Style the calendar: visible arrows, and no special colour for weekends."""
    for name, sign in (("qt_calendar_prevmonth", "←"), ("qt_calendar_nextmonth", "→")):
        button = calendar.findChild(QToolButton, name)
        if button is not None:
            button.setIcon(QIcon())
            button.setText(sign)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, calendar.weekdayTextFormat(Qt.DayOfWeek.Monday))


class OptionalDay:
    """The box and the day; both go into a form side by side."""

    def __init__(self, name: str, tr: Translator, words: str, spoken: str) -> None:
        """``words`` stand beside the box, ``spoken`` names the day for screen readers."""
        self.is_set = QCheckBox(words)
        self.is_set.setObjectName(f"has-{name}")
        self.is_set.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.day = day_field(name, tr.language)
        self.day.setAccessibleName(spoken)
        self.day.setEnabled(False)
        self.is_set.toggled.connect(self.day.setEnabled)

    def show(self, day: date | None, proposed: date) -> None:
        """Show a day, or none and the one to propose."""
        self.is_set.setChecked(day is not None)
        show_day(self.day, day or proposed)

    @property
    def chosen(self) -> date | None:
        """The day, if there is one."""
        return day_in(self.day) if self.is_set.isChecked() else None
