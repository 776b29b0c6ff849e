"""Points earned of points possible, overall and for the two sections of their own."""

from .prepared import prepared
from .values import Json


def scores(checklist: Json, verdicts: dict[str, Json]) -> Json:
    results = {code: verdict["result"] for code, verdict in verdicts.items()}
    return {
        "overall": score(checklist, results),
        "security": score(checklist, results, checklist["security_section"]),
        "women": score(checklist, results, checklist["women_section"]),
    }


def score(
    checklist: Json, results: dict[str, str], section: str | None = None
) -> dict[str, int]:
    """Points earned and possible and whole per cent (rounded down), of the results by
    item code. Nothing possible counts as full. What was not seen is not earned.
    """
    earned = possible = 0
    for code, weight in prepared(checklist).points[section]:
        result = results.get(code, "na")
        if result != "na":
            possible += weight
            earned += weight if result == "pass" else 0
    percent = earned * 100 // possible if possible else 100
    return {"earned": earned, "possible": possible, "percent": percent}
