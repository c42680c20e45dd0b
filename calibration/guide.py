"""Leads a person through a live calibration: which pose now, for how long, and again where it did not come out.

Pure: a step takes the state, the time and the measured frame, and gives the new state and what to show. Time is an
argument; how many frames come a second plays no part. The guide keeps the frames of the poses itself and checks each
stretch of holding by the rules that `evaluate` refuses by.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from calibration.evaluate import Recording
from calibration.stretch import Sample, stretch_problem
from models.measures import Measures

LEVEL_WORDS = "Put a book or a phone flat on your thigh and raise or lower the seat or your feet until it lies level."
NEUTRAL_WORDS = (
    "Sit neutral: tip the pelvis slightly forward until the weight is on the middle of the sitting bones, "
    "low back gently hollow, chest relaxed."
)
SLUMP_WORDS = "Slump: let the hips roll back and the low back round, as far as is comfortable."

MAX_EXTRA_TRIES: Final = 2
"""A stretch is asked for again so many times; after that the calibration goes on."""
MAX_GAP_S: Final = 10.0
"""Without a picture for longer than this, the pose that was going on is asked for again."""
LEVEL_CHANGE_S: Final = 10.0
"""Time to find a book and to move the seat, and to put both back afterwards."""
_LATE_S: Final = 1.0
"""A phase begins when the one before is over; noticed later than this it begins when it is noticed."""


class Pose(StrEnum):
    """What the person is asked to do."""

    GET_READY = "get ready"
    LEVEL = "level"
    NEUTRAL = "neutral"
    STAND = "stand"
    SLUMP = "slump"
    RELAX = "relax"


POSE_WORDS: Final = {Pose.LEVEL: "sit with level thighs", Pose.NEUTRAL: "neutral sit", Pose.SLUMP: "slump"}
"""The poses whose frames are kept, as a sentence names them."""


class Cue(StrEnum):
    """What the person should hear now, at most one a step.

    A pose goes CHANGE, HOLD, DONE, or CHANGE, HOLD, AGAIN, HOLD, DONE; one that is not recorded just CHANGE. DONE comes
    with the last moment of the pose that is done, and the CHANGE to the next pose (or FINISHED) with the step after.
    AGAIN asks for the pose anew: no CHANGE follows it.
    """

    CHANGE = "change"
    HOLD = "hold"
    DONE = "done"
    AGAIN = "again"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of the plan.

    Attributes:
        pose: what is held.
        words: the prompt.
        duration_s: how long it lasts, settling and holding together.
        settle_s: frames of the first seconds are left out, while the person is still moving.
    """

    pose: Pose
    words: str
    duration_s: float
    settle_s: float = 0.0

    @property
    def recorded(self) -> bool:
        """Whether its frames are kept, once it has settled."""
        return self.pose in POSE_WORDS


@dataclass(frozen=True, slots=True)
class GuideMoment:
    """Where a calibration stands at one step.

    Attributes:
        phase: the present phase, None when all are over.
        number: index of the phase; ``total`` when all are over.
        total: how many phases there are.
        remaining_s: time left until the next thing: until recording begins while settling, else until the phase ends.
        settling: the pose is being taken up and will be recorded.
        recording: this step's frame is kept: hold still.
        progress: share of the whole plan that is done, 0 to 1; never goes back, stands still while a pose is repeated.
        phase_progress: share of the holding that is done, 0 to 1; 0 while settling. Of a phase that is not recorded,
            the share of its time.
        cue: what the person should hear at this step; None mostly.
        note: one sentence that says why the pose is asked for again, from AGAIN until its recording begins; else empty.
    """

    phase: Phase | None
    number: int
    total: int
    remaining_s: float
    settling: bool
    recording: bool
    progress: float
    phase_progress: float
    cue: Cue | None
    note: str


@dataclass(frozen=True, slots=True)
class GuideState:
    """All that the guide remembers. A new one, ``GuideState(plan())``, begins with its first step.

    Attributes:
        phases: the plan.
        number: index of the present phase; ``len(phases)`` when all are over.
        began_s: when the present try of it began; NaN before the first step.
        last_s: time of the last step; NaN before the first.
        extra_tries: how often the present phase was asked for again because of its frames.
        held: frames of the present stretch so far.
        kept: phase number and frames of every stretch that is done.
        due: the cue that the next step gives.
        told_hold: whether HOLD was given in the present try.
        progress: as in `GuideMoment`.
        note: as in `GuideMoment`.
    """

    phases: tuple[Phase, ...]
    number: int = 0
    began_s: float = math.nan
    last_s: float = math.nan
    extra_tries: int = 0
    held: tuple[Sample, ...] = ()
    kept: tuple[tuple[int, tuple[Sample, ...]], ...] = ()
    due: Cue | None = Cue.CHANGE
    told_hold: bool = False
    progress: float = 0.0
    note: str = ""

    @property
    def phase(self) -> Phase | None:
        """The present phase, None when all are over."""
        return self.phases[self.number] if self.number < len(self.phases) else None


def plan(
    repeats: int = 3,
    neutral_s: float = 8.0,
    slump_s: float = 5.0,
    change_s: float = 4.0,
    stand_s: float = 6.0,
    level_s: float = 4.0,
    with_level: bool = False,
) -> tuple[Phase, ...]:
    """Neutral ``repeats`` times with a stand and re-sit in between, then as many slumps (brief, section 2.5).

    With ``with_level`` the thighs are held level first, and the book put away again (brief, section 4).
    """
    phases = [Phase(Pose.GET_READY, "Sit in your usual place, the camera square to your side.", change_s + 2.0)]
    if with_level:
        phases.append(Phase(Pose.LEVEL, LEVEL_WORDS, level_s + LEVEL_CHANGE_S, settle_s=LEVEL_CHANGE_S))
        put_back = "Put the book away, and seat and feet back to where you usually have them."
        phases.append(Phase(Pose.RELAX, put_back, LEVEL_CHANGE_S))
    for i in range(repeats):
        if i:
            phases.append(Phase(Pose.STAND, "Stand up, then sit down again.", stand_s))
        phases.append(Phase(Pose.NEUTRAL, NEUTRAL_WORDS, neutral_s + change_s, settle_s=change_s))
    for i in range(repeats):
        if i:
            phases.append(Phase(Pose.RELAX, "Sit up again for a moment.", change_s))
        phases.append(Phase(Pose.SLUMP, SLUMP_WORDS, slump_s + change_s, settle_s=change_s))
    return tuple(phases)


def step(state: GuideState, t_s: float, sample: Sample | None) -> tuple[GuideState, GuideMoment]:
    """One step of the guide.

    Args:
        state: what the step before gave, or ``GuideState(plan())``.
        t_s: time of the frame in seconds, not before the one of the step before.
        sample: the measured frame; None where nobody was found (a sample with empty measures says the same, and keeps
            the brightness of the picture).
    """
    if math.isnan(state.began_s):
        state = replace(state, began_s=t_s, last_s=t_s)
    gap_s, state = t_s - state.last_s, replace(state, last_s=t_s)
    phase = state.phase
    if phase is None:
        return _with_cue(state, t_s, recording=False)
    if gap_s > MAX_GAP_S and phase.recorded:
        note = f"The camera gave no picture for {gap_s:.0f} s: take up the same pose again."
        return _with_cue(_again(state, t_s, note), t_s, recording=False)
    elapsed_s = t_s - state.began_s
    if elapsed_s >= phase.duration_s:
        return _end(state, phase, t_s)
    recording = phase.recorded and elapsed_s >= phase.settle_s
    if recording:
        state = replace(state, held=(*state.held, sample or Sample(Measures(), math.nan)), note="")
    return _with_cue(state, t_s, recording=recording)


def recording(state: GuideState) -> Recording:
    """The stretches that are done, by pose; those of level thighs run together."""

    def of(pose: Pose) -> tuple[tuple[Sample, ...], ...]:
        return tuple(samples for number, samples in state.kept if state.phases[number].pose is pose)

    return Recording(of(Pose.NEUTRAL), of(Pose.SLUMP), tuple(s for stretch in of(Pose.LEVEL) for s in stretch))


def _end(state: GuideState, phase: Phase, t_s: float) -> tuple[GuideState, GuideMoment]:
    """The phase is over: on to the next, or the same again when its frames will not do."""
    end_s = state.began_s + phase.duration_s
    begin_s = end_s if t_s - end_s <= _LATE_S else t_s
    done = replace(
        state,
        number=state.number + 1,
        began_s=begin_s,
        extra_tries=0,
        held=(),
        told_hold=False,
        due=Cue.CHANGE,
        note="",
    )
    done = done if done.phase else replace(done, due=Cue.FINISHED)
    if not phase.recorded:
        return _with_cue(done, t_s, recording=False)
    problem = stretch_problem(POSE_WORDS[phase.pose], state.held)
    if problem and state.extra_tries < MAX_EXTRA_TRIES:
        again = replace(_again(state, begin_s, problem), extra_tries=state.extra_tries + 1)
        return _with_cue(again, t_s, recording=False)
    done = replace(done, kept=(*state.kept, (state.number, state.held)), progress=_progress(done, begin_s))
    total = len(state.phases)
    return done, GuideMoment(phase, state.number, total, 0.0, False, False, done.progress, 1.0, Cue.DONE, "")


def _again(state: GuideState, begin_s: float, note: str) -> GuideState:
    return replace(state, began_s=begin_s, held=(), told_hold=False, due=Cue.AGAIN, note=note)


def _with_cue(state: GuideState, t_s: float, *, recording: bool) -> tuple[GuideState, GuideMoment]:
    """The moment of a state, with the cue that is due."""
    cue, state = state.due, replace(state, due=None, progress=_progress(state, t_s))
    if cue is None and recording and not state.told_hold:
        cue, state = Cue.HOLD, replace(state, told_hold=True)
    phase, total = state.phase, len(state.phases)
    if phase is None:
        return state, GuideMoment(None, total, total, 0.0, False, False, 1.0, 1.0, cue, "")
    elapsed_s = max(0.0, t_s - state.began_s)
    settling = phase.recorded and elapsed_s < phase.settle_s
    until_s = phase.settle_s if settling else phase.duration_s
    begin_s = phase.settle_s if phase.recorded else 0.0
    share = max(0.0, min(1.0, (elapsed_s - begin_s) / max(phase.duration_s - begin_s, 1e-9)))
    remaining_s = max(0.0, until_s - elapsed_s)
    return state, GuideMoment(
        phase, state.number, total, remaining_s, settling, recording, state.progress, share, cue, state.note
    )


def _progress(state: GuideState, t_s: float) -> float:
    if state.phase is None:
        return 1.0
    total_s = math.fsum(p.duration_s for p in state.phases)
    done_s = math.fsum(p.duration_s for p in state.phases[: state.number])
    within_s = min(max(0.0, t_s - state.began_s), state.phase.duration_s)
    return max(state.progress, min(1.0, (done_s + within_s) / total_s))
