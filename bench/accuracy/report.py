"""The figures in words: tables for the page, with the goal beside each figure that has one."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from bench.accuracy.figures import (
    GOAL_YAW_DEG,
    Figures,
    Pick,
    day,
    figures,
    for_goals,
    groups,
    latencies,
    numbered_pct,
    over_bodies,
    peer_figures,
    with_slump,
    without_slump,
    yaw_class,
)
from bench.accuracy.judging import Case, Judged, Refused
from bench.accuracy.photographs import Told, by_group
from bench.page import table

_CHAIR_WORDS: Final = {"arms": "armrests over the hip", "kneel": "kneeling chair", "saddle": "saddle seat"}


@dataclass
class Results:
    """All that was judged.

    Attributes:
        work: films with everything; ``work_refused``: those whose calibration was refused.
        days: long natural upright days; ``days_refused`` alike.
        cases: stretches in which the tilt cannot be told; ``cases_refused``: films for them without a calibration.
        front_calibrated: films from the front that a calibration accepted, which none should be.
        told: what was told of photographs; None when there are none.
    """

    work: list[Judged] = field(default_factory=list)
    work_refused: list[Refused] = field(default_factory=list)
    days: list[Judged] = field(default_factory=list)
    days_refused: list[Refused] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    cases_refused: list[Refused] = field(default_factory=list)
    front_calibrated: list[str] = field(default_factory=list)
    told: list[Told] | None = None


@dataclass(frozen=True)
class Goal:
    """A figure with its goal; ``goal`` empty where none was set, ``met`` None where that or the figure is missing."""

    what: str
    goal: str
    found: str
    met: bool | None


def as_markdown(results: Results) -> str:
    """The part of the page that the command writes."""
    judged = for_goals(results.work)
    lines = _about(results, judged)
    lines += ["", "### Against the goals", "", *_goal_table(goals(results))]
    lines += ["", "### By chair, view, clothes and hair", "", *_group_table(results.work, judged)]
    lines += ["", "### Bodies", "", *_body_table(judged)]
    lines += ["", "### What others measure, on the same frames", "", *_peer_table(judged)]
    lines += ["", "### Telling it", "", *_telling(results, judged)]
    lines += ["", "### What cannot be told", "", *_case_table(results)]
    lines += ["", "### Each film", "", *_film_table(results)]
    if results.told is not None:
        lines += ["", "### Photographs of real people", "", *photograph_lines(results.told)]
    return "\n".join(lines)


def goals(results: Results) -> list[Goal]:
    """Every goal of the project with what was found."""
    judged = for_goals(results.work)
    full, lean = figures(judged, with_slump), figures(judged, without_slump)
    arms = figures([film for film in judged if film.header["chair"] == "arms"])
    told = [t for t in results.told or [] if t.group != "front_on" and not t.reason]
    natural = day(for_goals(results.days))
    alone = [case for case in results.cases if case.case != "two people"]
    right_pct = 100.0 * sum(t.right for t in told) / len(told) if told else math.nan
    return [
        _at_most("change of tilt, slump calibrated: RMSE", full.rmse_deg, 3.5, "{:.2f}°"),
        _at_least("— r", full.r, 0.95, "{:.3f}"),
        _at_most("change of tilt, no slump calibrated: RMSE", lean.rmse_deg, 4.5, "{:.2f}°"),
        _at_least("— r", lean.r, 0.92, "{:.3f}"),
        _at_most("armrests over the hip: RMSE", arms.rmse_deg, 5.0, "{:.2f}°"),
        _at_least("≥ 10° against ≤ 4°: AUC", full.auc, 0.99, "{:.3f}"),
        _within("90 % interval holds the truth", full.cover_pct, 87.0, 93.0, "{:.0f} %"),
        _within("— no slump calibrated", lean.cover_pct, 87.0, 93.0, "{:.0f} %"),
        Goal("seated frames without a number", "", _as("{:.1f} %", full.unanswered_pct), None),
        Goal("calibrations refused, camera within 20°", "", _pct(*_refused_of(results)), None),
        _at_most(f"false warnings in 8 h of natural upright sitting ({natural.seated_h:.1f} h seen)",
                 natural.per_8_h, 0.5, "{:.1f}"),
        _at_most("knee above hip: RMSE, nothing given", full.knee_rmse_cm, 1.5, "{:.1f} cm"),
        _at_most("— the neutral sit's thigh given", lean.knee_rmse_cm, 1.5, "{:.1f} cm"),
        _at_most("thigh elevation: RMSE, nothing given", full.thigh_rmse_deg, 2.0, "{:.1f}°"),
        _at_most("— the neutral sit's thigh given", lean.thigh_rmse_deg, 2.0, "{:.1f}°"),
        _at_most("frames that cannot be told but got a number", numbered_pct(results.cases), 0.0, "{:.1f} %"),
        _at_most("— without those with two people, where the sitter is in view", numbered_pct(alone), 0.0, "{:.1f} %"),
        _at_least(f"real photographs in the right order ({len(told)} pairs)", right_pct, 95.0, "{:.0f} %"),
    ]  # fmt: skip


def _about(results: Results, judged: list[Judged]) -> list[str]:
    films = len(results.work) + len(results.work_refused)
    bodies = len({film.header["subject"] for film in results.work})
    refused, near = _refused_of(results)
    lines = [
        f"{films} films of {bodies} bodies; {len(judged)} calibrated ones with the camera within 20° of the side count "
        f"for the goals, {sum(len(film.t_s) for film in judged)} frames. The calibration was refused in "
        f"{len(results.work_refused)} of {films} films ({_pct(len(results.work_refused), films)}), within 20° in "
        f"{refused} of {near} ({_pct(refused, near)})" + (":" if results.work_refused else ".")
    ]
    if results.work_refused:
        lines += ["", *(f"- {_name(r)}: {r.reason}" for r in results.work_refused)]
    lean = sum(film.lean is None for film in results.work)
    if lean:
        lines += ["", f"Without a slump the calibration was refused in {lean} of the calibrated films."]
    return lines


def _refused_of(results: Results) -> tuple[int, int]:
    """Refused calibrations, of so many, where the camera stands near the side."""
    refused = sum(abs(r.header["yaw"]) <= GOAL_YAW_DEG for r in results.work_refused)
    return refused, refused + len(for_goals(results.work))


def _goal_table(rows: list[Goal]) -> list[str]:
    verdict = {True: "met", False: "**missed**", None: "not measured"}
    cells = [[g.what, g.goal, g.found, verdict[g.met] if g.goal else ""] for g in rows]
    return table(["figure", "goal", "found", ""], cells)


_Column = tuple[str, Pick, str, str]
"""Head of a column, the run it is of, the name of the figure, how it is written."""

_COLUMNS: Final[tuple[_Column, ...]] = (
    ("r", with_slump, "r", "{:.3f}"),
    ("RMSE", with_slump, "rmse_deg", "{:.2f}°"),
    ("bias", with_slump, "bias_deg", "{:+.2f}°"),
    ("interval holds", with_slump, "cover_pct", "{:.0f} %"),
    ("its width", with_slump, "width_deg", "{:.1f}°"),
    ("AUC", with_slump, "auc", "{:.3f}"),
    ("no slump: RMSE", without_slump, "rmse_deg", "{:.2f}°"),
    ("r", without_slump, "r", "{:.3f}"),
    ("thigh RMSE", with_slump, "thigh_rmse_deg", "{:.1f}°"),
    ("thigh given", without_slump, "thigh_rmse_deg", "{:.1f}°"),
    ("no answer", with_slump, "unanswered_pct", "{:.1f} %"),
)
_FILM_COLUMNS: Final[tuple[_Column, ...]] = (
    ("films", with_slump, "films", "{:.0f}"),
    *_COLUMNS[:2],
    ("mean film", with_slump, "mean_deg", "{:.2f}°"),
    ("worst film", with_slump, "worst_deg", "{:.2f}°"),
    *_COLUMNS[2:],
)


def _cells(films: Sequence[Judged], columns: tuple[_Column, ...]) -> list[str]:
    found: dict[Pick, Figures] = {pick: figures(films, pick) for pick in (with_slump, without_slump)}
    return [_as(shape, float(getattr(found[pick], name))) for _, pick, name, shape in columns]


def _group_table(work: list[Judged], judged: list[Judged]) -> list[str]:
    rows = [["**all within 20°**", *_cells(judged, _FILM_COLUMNS)]]
    kinds: tuple[tuple[str, Callable[[Judged], str], list[Judged]], ...] = (
        ("", lambda film: _CHAIR_WORDS.get(film.header["chair"], film.header["chair"]), judged),
        ("yaw ", yaw_class, work),
        ("top: ", lambda film: str(film.header["clothes"]), judged),
        ("hair: ", lambda film: str(film.header["hair"]), judged),
    )
    for word, key, films in kinds:
        rows += [[word + name, *_cells(own, _FILM_COLUMNS)] for name, own in groups(films, key).items()]
    return table(["", *(head for head, *_ in _FILM_COLUMNS)], rows)


def _body_table(judged: list[Judged]) -> list[str]:
    wanted: tuple[tuple[str, str, str, bool, Pick], ...] = (
        ("r", "r", "{:.3f}", True, with_slump),
        ("RMSE", "rmse_deg", "{:.2f}°", False, with_slump),
        ("AUC", "auc", "{:.3f}", True, with_slump),
        ("RMSE without a slump", "rmse_deg", "{:.2f}°", False, without_slump),
        ("r without a slump", "r", "{:.3f}", True, without_slump),
        ("thigh RMSE, nothing given", "thigh_rmse_deg", "{:.1f}°", False, with_slump),
        ("knee RMSE, nothing given", "knee_rmse_cm", "{:.1f} cm", False, with_slump),
    )
    rows = []
    for word, name, shape, least, pick in wanted:
        bodies = over_bodies(judged, name, pick, least)
        rows.append([word, _as(shape, bodies.mean), f"{_as(shape, bodies.worst)} ({bodies.who})"])
    return table(["within 20°", "mean over bodies", "worst body"], rows)


def _peer_table(judged: list[Judged]) -> list[str]:
    rows = [
        [f.name, _as("{:.2f}", f.r), _as("{:.2f}°", f.rmse_deg), _as("{:.3f}", f.auc)] for f in peer_figures(judged)
    ]
    return [
        *table(["measure", "r", "RMSE", "AUC"], rows),
        "",
        "Each of the others is the change from neutral times the one factor that suits these very frames best; Saddle "
        "is as it is.",
    ]


def _telling(results: Results, judged: list[Judged]) -> list[str]:
    full = figures(judged)
    late = latencies(judged)
    seen = [s for s in late if math.isfinite(s)]
    natural = day(for_goals(results.days))
    upright = figures(for_goals(results.days))
    lines = [
        f"- Settled frames of ≥ 10° told as *tipped*: {_as('{:.1f} %', full.sensitivity_pct)}; of ≤ 4° not told so: "
        f"{_as('{:.1f} %', full.specificity_pct)}. Settled means that the truth stayed within 3° for 8 s; a "
        "frame without a number counts as not told.",
        f"- Tips of 15° or more that last 20 s: {len(late)}; told after "
        + (f"{np.median(seen):.0f} s (median), {max(seen):.0f} s (latest); " if seen else "")
        + f"{len(late) - len(seen)} never.",
        f"- Seated frames without a number: {_as('{:.1f} %', full.unanswered_pct)}.",
    ]
    if results.days:
        lines.append(
            f"- Natural upright days of {len(for_goals(results.days))} sitters, {natural.seated_h:.1f} h seated, nine "
            f"shifts in 15 minutes. False warnings: {natural.warnings}, which makes "
            f"{_as('{:.1f}', natural.per_8_h)} in 8 h. "
            f"Told as *tipped* in {_as('{:.1f} %', natural.tipped_pct)} of the time; "
            f"RMSE {_as('{:.2f}°', upright.rmse_deg)}, bias {_as('{:+.2f}°', upright.bias_deg)}, "
            f"interval holds {_as('{:.0f} %', upright.cover_pct)}."
        )
    for film in for_goals(results.days):
        lines += [f"  - warned while truly *{what}*, {_name(film)}" for what in _warned_in(film)]
    for refused in results.days_refused:
        lines.append(f"- A day's calibration was refused ({_name(refused)}): {refused.reason}")
    return lines


def _warned_in(film: Judged) -> list[str]:
    """What truly happened at each warning."""
    at = np.searchsorted(film.t_s, np.array(film.run.warned_s), "right") - 1
    return [film.stretch[i].replace("_", " ") for i in at]


def _case_table(results: Results) -> list[str]:
    rows = []
    for case in dict.fromkeys(c.case for c in results.cases):
        own = [c for c in results.cases if c.case == case]
        error = np.concatenate([c.error_deg for c in own])
        off = f"{np.sqrt(np.nanmean(error**2)):.1f}°" if np.isfinite(error).any() else "—"
        frames, numbered = sum(c.frames for c in own), sum(c.numbered for c in own)
        rows.append([case, str(len(own)), str(frames), f"{_pct(numbered, frames)}", off])
    lines = table(["case", "films", "frames", "got a number", "its RMSE"], rows)
    lines += ["", "In the films with two people the sitter stays at their place, in view."]
    if results.front_calibrated:
        lines += ["", f"Accepted as a calibration from the front: {', '.join(results.front_calibrated)}."]
    elif any("front" in c.case for c in results.cases):
        lines += ["", "Every calibration from the front was refused; those above were calibrated from the side."]
    lines += [f"- Not judged, calibration refused ({_name(r)}): {r.reason}" for r in results.cases_refused]
    return lines


def _film_table(results: Results) -> list[str]:
    rows = [[_name(film), *_cells([film], _COLUMNS)] for film in [*results.work, *results.days]]
    return table(["film", *(head for head, *_ in _COLUMNS)], rows)


def photograph_lines(told: list[Told]) -> list[str]:
    """What was told of the photographs: each pair that was not refused, and how many were refused why."""
    lines = []
    for group, own in by_group(told).items():
        refused = [t for t in own if t.reason]
        if group == "front_on":
            lines += ["", f"`{group}`: {len(refused)} of {len(own)} pictures refused, as all must be."]
        else:
            right = sum(t.right for t in own if not t.reason)
            told_n = len(own) - len(refused)
            lines += ["", f"`{group}`: {right} of {told_n} pairs in the right order; {len(refused)} refused."]
            rows = [_pair_row(t) for t in own if not t.reason]
            if rows:
                lines += ["", *table(["upright", "slumped", "told tilt", "trunk leans forward by", "order"], rows)]
        reasons = dict.fromkeys(t.reason for t in refused)
        if reasons:
            lines.append("")
        lines += [f"- refused, {reason}: {sum(t.reason == reason for t in refused)}" for reason in reasons]
    return lines[1:]


def _pair_row(t: Told) -> list[str]:
    order = "right" if t.right else "**other way**"
    return [t.upright, t.slumped, f"{t.tilt_deg:+.1f}°", f"{t.lean_deg:+.0f}°", order]


def _name(film: Judged | Refused) -> str:
    h = film.header
    chair = _CHAIR_WORDS.get(h["chair"], h["chair"])
    course = "" if h["course"] == "work" else f" ({h['course']})"
    return f"{h['seed']}{course}: {h['subject']}, {chair}, yaw {h['yaw']:+.0f}°, {h['clothes']}, {h['hair']}"


def _at_most(what: str, found: float, goal: float, shape: str) -> Goal:
    return Goal(what, f"≤ {_plain(shape, goal)}", _as(shape, found), None if math.isnan(found) else found <= goal)


def _at_least(what: str, found: float, goal: float, shape: str) -> Goal:
    return Goal(what, f"≥ {_plain(shape, goal)}", _as(shape, found), None if math.isnan(found) else found >= goal)


def _within(what: str, found: float, low: float, high: float, shape: str) -> Goal:
    met = None if math.isnan(found) else low <= found <= high
    return Goal(what, f"{low:g} to {_plain(shape, high)}", _as(shape, found), met)


def _plain(shape: str, value: float) -> str:
    """The goal with the unit of the figure, and no more digits than it was set with."""
    return f"{value:g}{shape.partition('}')[2]}"


def _as(shape: str, value: float) -> str:
    return "—" if math.isnan(value) else shape.format(value)


def _pct(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "—"
