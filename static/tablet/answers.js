// One answer to one item: does the item apply, what does the answer mean, by when.
// Says the same as inspections/rules/answers.py.
import { HOUR, answerProblems, dayOf, kinds, own, scaled } from "./problems.js";

const COMPARE = {
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
};

// A reviewer accepted the repair of this item: see merge(). Never sent by a tablet.
export const REPAIRED = { result: "repaired" };
export const isRepaired = (answer) => answer?.result === REPAIRED.result;

function holds(condition, facts) {
  if (condition.all) return condition.all.every((part) => holds(part, facts));
  if (condition.any) return condition.any.some((part) => holds(part, facts));
  const known = own(facts, condition.fact) ?? null;
  return known === null || COMPARE[condition.op](known, condition.value);
}

export function applies(item, facts) {
  return item.applies === null || holds(item.applies, facts);
}

function band(item, number, facts) {
  const divisor = (item.per && own(facts, item.per)) || 1;
  return item.bands.find(
    ({ below }) => below === undefined || scaled(number, 3) < scaled(below, 3) * divisor,
  );
}

function meaning(item, answer, facts) {
  if ("number" in answer) return band(item, answer.number, facts);
  if ("choice" in answer) return item.options.find((o) => o.value === answer.choice);
  return { result: answer.result };
}

function meaningOfDate(item, date, today) {
  if (!date) return { result: "missing" };
  const age = (Date.parse(today) - Date.parse(date)) / (24 * HOUR);
  const old = item.date === "valid_until" ? date < today : age > item.max_age_days;
  return { result: old ? "fail" : "pass" };
}

export function resultOf(item, answer, facts, visitedAt) {
  const verdict = (result, critical, severity = null, correct = null) => ({
    result,
    severity,
    critical,
    correct,
  });
  if (!applies(item, facts)) return verdict("na", false);
  const critical =
    typeof item.critical === "boolean" ? item.critical : holds(item.critical, facts);
  if (isRepaired(answer)) return verdict("pass", critical);

  const perhaps = critical || kinds(item).some((kind) => kind.critical);
  const today = dayOf(visitedAt);
  if (answer == null || answerProblems(item, answer, today).length) {
    return verdict("missing", perhaps);
  }
  let found = meaning(item, answer, facts);
  if (found.result === "pass" && item.date) found = meaningOfDate(item, answer.date, today);
  if (found.result === "fail") {
    return verdict(
      "fail",
      found.critical ?? critical,
      found.severity ?? item.severity,
      found.correct ?? item.correct ?? null,
    );
  }
  return verdict(found.result, ["pass", "na"].includes(found.result) ? critical : perhaps);
}

export function deadlines(checklist, severity, correct, visitedAt) {
  const usual = [{ what: "correct", hours: checklist.deadlines_hours[severity] }];
  return (correct ?? usual).map(({ what, hours }) => {
    const at = new Date(Date.parse(visitedAt) + hours * HOUR).toISOString();
    return { what, at: `${at.slice(0, 19)}Z` };
  });
}
