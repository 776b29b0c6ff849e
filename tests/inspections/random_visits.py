"""Visits by chance: every answer that can be given, and some that cannot."""

RUBBISH = [
    None,
    True,
    False,
    0,
    -1,
    1.5,
    1e400,
    10**400,
    "",
    "8",
    [],
    {},
    "na",
    "2026-02-30",
]
DATES = [
    "2016-11-20",
    "2025-11-20",
    "2026-11-20",
    "2026-11-21",
    "2026-11-22",
    "2027-03-01",
]
TIMES = ["2026-11-21T02:00:00Z", "2026-11-20T17:00:00.5Z", "2026-12-31T16:59:59.999Z"]


def visit(chance, checklist, *, rubbish=0.0, rooms=3, complete=False):
    """`rubbish` is how often a fact or answer is replaced by something senseless.

    Some houses are careful: most answers pass, or only mild things fail. By pure chance
    no room with 68 items would ever be certified.
    """
    answer = chance.choice([_anyhow, _anyhow, _nearly_all_passes, _only_mild_fails])
    return {
        "visited_at": chance.choice(TIMES),
        "house": _place(chance, checklist, "house", answer, rubbish, complete),
        "rooms": [
            {"id": f"P{number}"}
            | _place(chance, checklist, "room", answer, rubbish, complete)
            for number in range(chance.randint(1, rooms))
        ],
        "open_findings": _open_findings(chance, checklist, rooms),
    }


def anything(chance, checklist):
    """A visit with something senseless at a place of its own choosing."""
    found = visit(chance, checklist, rubbish=0.1)
    place, key = found, chance.choice(list(found))
    while chance.random() < 0.7 and place[key] and isinstance(place[key], dict | list):
        place = place[key]
        key = chance.choice(
            list(place if isinstance(place, dict) else range(len(place)))
        )
    place[key] = _rubbish(chance)
    return found


def _place(chance, checklist, scope, answer, rubbish, complete):
    def pick(make, thing):
        return _rubbish(chance) if chance.random() < rubbish else make(chance, thing)

    facts = [f for f in checklist["facts"] if f["scope"] == scope]
    items = [
        i for i in checklist["items"] if (i["scope"] == "room") is (scope == "room")
    ]
    keep = 1 if complete else 0.97
    return {
        "facts": {f["code"]: pick(_fact, f) for f in facts if chance.random() < keep},
        "answers": {
            i["code"]: pick(answer, i) for i in items if chance.random() < keep
        },
    }


def _fact(chance, fact):
    if fact["type"] == "boolean":
        return chance.random() < 0.5
    if fact["type"] == "choice":
        return chance.choice(fact["options"])["value"]
    return chance.randint(fact["minimum"], min(fact["maximum"], 12))


def _nearly_all_passes(chance, item):
    return passing(item) if chance.random() < 0.98 else _anyhow(chance, item)


def _only_mild_fails(chance, item):
    mild = item["severity"] in ("T", "L") and item["critical"] is False
    fails = mild and item["answer"] == "pass_fail" and chance.random() < 0.6
    return {"result": "fail"} if fails else passing(item)


def _anyhow(chance, item):
    found = {"result": "unseen"} if chance.random() < 0.03 else _value(chance, item)
    if item["date"]:
        found["date"] = chance.choice(DATES)
    if chance.random() < 0.2:
        found["photos"] = ["0123456789abcdef" * 4] * chance.randint(0, 2)
    return found


def passing(item):
    """An answer that passes, whatever the facts are."""
    if item["answer"] == "choice":
        found = {"choice": _options(item, "pass")[0]["value"]}
    elif item["answer"] == "number":
        first, last = item["bands"][0]["result"], item["bands"][-1]["result"]
        assert (first == "pass") is not (last == "pass")
        found = {"number": item["minimum"] if first == "pass" else item["maximum"]}
    else:
        found = {"result": "pass"}
    return (
        found
        | ({"date": "2028-01-01"} if item["date"] == "valid_until" else {})
        | ({"date": "2026-11-20"} if item["date"] == "done_on" else {})
    )


def failing(chance, item):
    if item["answer"] == "choice":
        return {"choice": chance.choice(_options(item, "fail"))["value"]}
    if item["answer"] == "number":
        first = item["bands"][0]["result"] == "fail"
        return {"number": item["minimum"] if first else item["maximum"]}
    return {"result": "fail"}


def _value(chance, item):
    if item["answer"] == "choice":
        return {"choice": chance.choice(item["options"])["value"]}
    if item["answer"] == "number":
        return {"number": _number(chance, item)}
    may_be_na = item.get("na", item["critical"] is False)
    results = ["pass"] * 12 + ["fail"] + ["na"] * may_be_na
    return {"result": chance.choice(results)}


def _number(chance, item):
    """Often at a limit, or the smallest step beside one."""
    power = 10 ** item["decimals"]
    limits = [band["below"] for band in item["bands"] if "below" in band]
    near = chance.choice([*limits, item["minimum"], item["maximum"]])
    steps = round(near * power * chance.choice([1, 1, 2, 3, 5])) + chance.randint(-1, 1)
    number = min(max(steps / power, item["minimum"]), item["maximum"])
    return int(number) if item["decimals"] == 0 else number


def _options(item, result):
    return [option for option in item["options"] if option["result"] == result]


def _open_findings(chance, checklist, rooms):
    codes = [item["code"] for item in checklist["items"]] + ["OLD-01"]
    due = [{"what": "correct", "at": "2026-11-01T00:00:00Z"}]
    return [
        {
            "item": chance.choice(codes),
            "room": chance.choice([None, *(f"P{n}" for n in range(rooms))]),
            "severity": chance.choice("KNTL"),
            "critical": chance.random() < 0.3,
        }
        | chance.choice([{}, {"due": due}])
        for _ in range(chance.choice([0, 0, 0, 1, 4]))
    ]


def _rubbish(chance):
    kind = chance.choice(["result", "number", "choice", "date", "note", "photos", "x"])
    return chance.choice([chance.choice(RUBBISH), {kind: chance.choice(RUBBISH)}])
