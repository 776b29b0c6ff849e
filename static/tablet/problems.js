// What is wrong with an answer: stable codes with paths. Says the same as
// inspections/rules/visits.py; docs/reference/checklist-format.md lists the codes.
export const HOUR = 3600e3;

export const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);
const isNumber = (value) => typeof value === "number" && !Number.isNaN(value);
const within = (value, { minimum, maximum }) => minimum <= value && value <= maximum;
export const scaled = (number, decimals) => Math.floor(number * 10 ** decimals + 0.5);
export const length = (text) => [...text].length;
export const dayOf = (time) => new Date(Date.parse(time) + 7 * HOUR).toISOString().slice(0, 10);
export const kinds = (item) => [...(item.bands ?? []), ...(item.options ?? [])];

function isDay(text) {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export const isTime = (text) =>
  typeof text === "string" &&
  /^(19|20|21)\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/.test(text) &&
  isDay(text.slice(0, 10));

export function factIsValid(fact, value) {
  if (fact.type === "boolean") return typeof value === "boolean";
  if (fact.type === "choice") return fact.options.some((o) => o.value === value);
  return Number.isInteger(value) && within(value, fact);
}

const CHECKS = {
  result(item, result) {
    if (!["pass", "fail", "na", "unseen"].includes(result)) return "bad_result";
    const isPlain = item.answer === "pass_fail" || result === "na" || result === "unseen";
    if (!isPlain) return "bad_answer";
    const may = item.na ?? (item.critical === false && !kinds(item).some((k) => k.critical));
    return result === "na" && !may ? "na_not_allowed" : null;
  },
  number(item, number) {
    if (!isNumber(number)) return "bad_number";
    if (!within(number, item)) return "out_of_range";
    const exact = scaled(number, item.decimals) / 10 ** item.decimals === number;
    return exact ? null : "too_precise";
  },
  choice: (item, choice) =>
    item.options.some((o) => o.value === choice) ? null : "bad_choice",
};

function dateProblem(item, date, today) {
  if (date == null) return null;
  if (!item.date || typeof date !== "string" || !isDay(date)) return "bad_date";
  if (today && item.date === "done_on" && date > today) return "date_in_future";
  const furthest = today && `${Number(today.slice(0, 4)) + 10}${today.slice(4)}`;
  return today && date > furthest ? "date_too_far" : null;
}

export function answerProblems(item, answer, today) {
  if (!isObject(answer)) return [{ path: "", code: "not_an_object" }];
  const problems = [];
  const add = (key, code) => code && problems.push({ path: key && `.${key}`, code });
  const known = ["result", "number", "choice", "date", "note", "photos"];
  for (const key of Object.keys(answer).sort()) {
    if (!known.includes(key)) add(key, "unknown_key");
  }
  const given = known.slice(0, 3).filter((key) => Object.hasOwn(answer, key));
  if (given.length === 1 && (given[0] === "result" || given[0] === item.answer)) {
    add(given[0], CHECKS[given[0]](item, answer[given[0]]));
  } else add("", "bad_answer");
  add("date", dateProblem(item, answer.date, today));
  const { note = "", photos = [] } = answer;
  if (typeof note !== "string" || length(note) > 2000) add("note", "bad_note");
  const isHash = (p) => typeof p === "string" && /^[0-9a-f]{64}$/.test(p);
  if (!Array.isArray(photos) || photos.length > 12 || !photos.every(isHash)) {
    add("photos", "bad_photos");
  }
  return problems;
}
