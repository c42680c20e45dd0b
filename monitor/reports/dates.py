"""Days and times in English words, whatever language the computer is set to. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def long_day(day: date) -> str:
    """A day in full: "Monday, 5 October 2026"."""
    return f"{WEEKDAYS[day.weekday()]}, {_day_month_year(day)}"


def short_day(day: date) -> str:
    """A day in short, without its year: "Mon 5 Oct"."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day_month(day)}"


def day_month(day: date) -> str:
    """The shortest: "5 Oct"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def day_and_time(moment: datetime, *, with_day: bool = True) -> str:
    """A moment: "Mon 5 Oct, 09:20", or its time alone."""
    return f"{short_day(moment.date())}, {moment:%H:%M}" if with_day else f"{moment:%H:%M}"


def dated(moment: datetime) -> str:
    """The day of a moment with its year: "5 October 2026"."""
    return _day_month_year(moment.date())


def range_words(first: date, last: date) -> str:
    """Days from first to last: a day, a month or a week by its name, else from when to when."""
    if first == last:
        return long_day(first)
    next_day = last + timedelta(days=1)
    if (first.day, next_day.day) == (1, 1) and (first.year, first.month) == (last.year, last.month):
        return f"{MONTHS[first.month - 1]} {first.year}"
    if first.weekday() == 0 and (last - first).days == 6:
        return f"Week {first.isocalendar().week}, {_from_to(first, last)}"
    return _from_to(first, last)


def _from_to(first: date, last: date) -> str:
    if first.year != last.year:
        return f"{_day_month_year(first)} to {_day_month_year(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} to {_day_month_year(last)}"
    return f"{first.day} to {_day_month_year(last)}"


def _day_month_year(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
