"""Agreement between people, or between a person and the program."""

from __future__ import annotations

from collections.abc import Hashable, Mapping


def krippendorff_alpha(codings: Mapping[str, Mapping[Hashable, str]]) -> float:
    """Compute Krippendorff's alpha for nominal codes (Krippendorff 1980; as in nltk.metrics.agreement).

    1 is perfect agreement, 0 what chance gives; .8 is the custom for relying on a coding, .667 for tentative conclusions.

    Args:
        codings: coder -> unit -> code. Only units that at least two coders have coded count.

    Returns:
        alpha; NaN where no unit was coded twice, and where everything has one and the same code (there is then no
        variation against which agreement could be judged).
    """
    from nltk.metrics.agreement import AnnotationTask

    times: dict[Hashable, int] = {}
    for coding in codings.values():
        for unit in coding:
            times[unit] = times.get(unit, 0) + 1
    data = [
        (coder, unit, code)
        for coder, coding in codings.items()
        for unit, code in coding.items()
        if times[unit] > 1
    ]
    if len({code for _, _, code in data}) < 2:
        return float("nan")
    return float(AnnotationTask(data=data).alpha())
