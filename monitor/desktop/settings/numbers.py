"""Boxes for numbers: range from the setting, unit behind the number, no zeros that say nothing."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from annotated_types import Ge, Gt, Le, Lt
from pydantic.fields import FieldInfo
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox

MINUTES_FROM_S = 90.0
"""Longer times than this are shown in minutes, s."""
_TYPED = re.compile(r"\s*([^\sa-zA-Z]+)\s*(\w*)\s*", re.UNICODE)
_STEPS = ((10.0, 1.0), (90.0, 5.0), (600.0, 30.0), (3600.0, 60.0), (math.inf, 300.0))
_DECIMALS = 2


@dataclass(frozen=True)
class Limits:
    """Least and greatest value that a setting allows; ``above`` when the least itself is not allowed."""

    low: float
    high: float
    above: bool = False


def limits(info: FieldInfo) -> Limits:
    """The limits of a setting, as its model states them."""
    low, high, above = -math.inf, math.inf, False
    for rule in info.metadata:
        if isinstance(rule, Ge | Gt):
            above = isinstance(rule, Gt)
            low = float(str(rule.gt if isinstance(rule, Gt) else rule.ge))
        elif isinstance(rule, Le | Lt):
            high = float(str(rule.lt if isinstance(rule, Lt) else rule.le))
    return Limits(low, high, above)


def unit(name: str) -> str:
    """The unit that a setting's name ends in, as it is written behind a number."""
    units = (
        ("_s", _tr(" s")),
        ("_pct", _tr(" %")),
        ("_deg", _tr("°")),
        ("_hz", _tr(" a second")),
        ("_factor", _tr(" times")),
    )
    return next((shown for end, shown in units if name.endswith(end)), "")


def number(value: float, decimals: int = _DECIMALS) -> str:
    """A number as this computer's language writes it, with no more decimals than it has."""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    needed = next((d for d in range(decimals) if math.isclose(value, round(value, d), abs_tol=1e-9)), decimals)
    return locale.toString(float(value), "f", needed)


class NumberBox(QDoubleSpinBox):
    """A number within the limits of its setting."""

    def __init__(self, allowed: Limits, suffix: str = "") -> None:
        super().__init__()
        step = 1.0 if allowed.high > 10 else 0.5 if allowed.high > 1.0 else 0.05
        self.setDecimals(_DECIMALS)
        self.setRange(allowed.low + (0.1 if allowed.above else 0.0), allowed.high)
        self.setSingleStep(step)
        self.setSuffix(suffix)
        self.setKeyboardTracking(False)

    def textFromValue(self, value: float) -> str:  # noqa: N802 - Qt's name
        """See `QDoubleSpinBox.textFromValue`."""
        return number(value, self.decimals())


class TimeBox(NumberBox):
    """A time, kept in seconds; shown in seconds or minutes, and typed with either unit or none (the one shown)."""

    def __init__(self, allowed: Limits) -> None:
        super().__init__(allowed)
        self.setDecimals(1)

    def textFromValue(self, value: float) -> str:  # noqa: N802 - Qt's name
        """See `QDoubleSpinBox.textFromValue`."""
        return time_words(value)

    def valueFromText(self, text: str) -> float:  # noqa: N802 - Qt's name
        """See `QDoubleSpinBox.valueFromText`."""
        seconds = self._seconds(text)
        return self.value() if seconds is None else seconds

    def validate(self, text: str, pos: int) -> tuple[QValidator.State, str, int]:
        """See `QDoubleSpinBox.validate`: a number with a unit, as far as it has been typed."""
        seconds = self._seconds(text)
        if seconds is None:
            return QValidator.State.Intermediate, text, pos
        fits = self.minimum() <= seconds <= self.maximum()
        return QValidator.State.Acceptable if fits else QValidator.State.Intermediate, text, pos

    def stepBy(self, steps: int) -> None:  # noqa: N802 - Qt's name
        """To the next round time; the longer the time, the longer the step."""
        value = self.value()
        for _ in range(abs(steps)):
            down = steps < 0
            step = next(s for most, s in _STEPS if (value <= most if down else value < most))
            value = (math.ceil(value / step) - 1) * step if down else (math.floor(value / step) + 1) * step
        self.setValue(value)
        self.selectAll()

    def _seconds(self, text: str) -> float | None:
        """The seconds that a text stands for; None for none."""
        typed = _TYPED.fullmatch(text)
        if typed is None:
            return None
        count, understood = QLocale().toDouble(typed[1])
        name = typed[2].casefold()
        if not name:
            per = 60.0 if self.value() > MINUTES_FROM_S else 1.0
        elif name in (_tr("min").casefold(), "m"):
            per = 60.0
        elif name == _tr("s").casefold():
            per = 1.0
        else:
            return None
        return round(per * count, 1) if understood else None


def time_words(seconds: float) -> str:
    """A time in seconds or, when it is long, in minutes."""
    if seconds > MINUTES_FROM_S:
        return _tr("{count} min").format(count=number(seconds / 60.0))
    return _tr("{count} s").format(count=number(seconds))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
