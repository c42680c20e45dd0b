from __future__ import annotations

import numpy as np
from desk_fakes import sitter

from models.pose import ImageArray
from monitor.capture.frame import Frame
from monitor.judgement.staleness import Change
from monitor.loop import Follower
from monitor.posture.scene import scene_signature
from monitor.settings import Settings

ROOM, OTHER = (
    np.kron(np.random.default_rng(seed).integers(0, 255, (12, 16, 1)), np.ones((40, 40, 3))).astype(np.uint8)
    for seed in (1, 2)
)


def follower(room: ImageArray = ROOM, **profile: object) -> Follower:
    made = sitter(scene=scene_signature(room, None)).model_copy(update=profile)
    return Follower(made, None, Settings(), ask_first=True)  # type: ignore[arg-type]  # nobody asks for poses


def changed(follower: Follower, room: ImageArray, seconds: int = 14, start_s: int = 0) -> tuple[Change, ...]:
    for t_s in range(start_s, start_s + seconds):
        moment = follower.judge(Frame(room, float(t_s), t_s), ())
    return moment.changed


def test_another_view_of_the_room_is_noticed_and_the_same_one_is_not() -> None:
    assert changed(follower(), ROOM) == ()
    assert changed(follower(), OTHER) == (Change.CAMERA,)


def test_what_was_said_to_fit_is_not_asked_again_after_a_sleep() -> None:
    before = follower()
    changed(before, OTHER)
    before.keep_calibration()
    assert changed(before, OTHER, start_s=20) == ()
    after = follower()
    after.go_on_from(before)
    assert changed(after, OTHER) == ()


def test_the_room_as_it_was_kept_with_the_profile_is_the_room_to_compare_with() -> None:
    assert changed(follower(OTHER), OTHER) == ()
    assert changed(follower(OTHER), ROOM) == (Change.CAMERA,)


def test_what_a_profile_says_fits_is_not_asked() -> None:
    fits = follower(still_fits=("seat", "view"))
    assert fits._accepted == {Change.SEAT, Change.VIEW}
