"""Points earned of points possible, overall and for the two sections of their own."""

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
    for item in checklist["items"]:
        result = results.get(item["code"], "na")
        if (
            result == "na"
            or not item["scored"]
            or section not in (None, item["section"])
        ):
            continue
        weight = _weight(checklist, item)
        possible += weight
        earned += weight if result == "pass" else 0
    percent = earned * 100 // possible if possible else 100
    return {"earned": earned, "possible": possible, "percent": percent}


def _weight(checklist: Json, item: Json) -> int:
    """By the gravest severity the item can have. Were it the answer's own, a worse
    answer would change what is possible, and could even raise the per cent.
    """
    kinds = [item, *(item.get("bands") or []), *(item.get("options") or [])]
    severities = [kind.get("severity") for kind in kinds]
    weights: dict[str, int] = checklist["weights"]
    return max(weights[severity] for severity in severities if severity)
