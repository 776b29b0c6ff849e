// What is wrong with a whole visit: the tests hold it against inspections/rules/visits.py. The
// app makes no such visit, and leaves this at home.
import { answerProblems, dayOf, factIsValid, isObject, isTime, length } from "./problems.js";

export function problemsOfVisit(checklist, visit) {
  const problems = [];
  const add = (path, code) => problems.push({ path, code });
  const each = (given, path, parts, unknown, look) => {
    if (!isObject(given)) return add(path, "not_an_object");
    for (const code of Object.keys(given).sort()) {
      const part = parts.find((p) => p.code === code);
      if (part) look(part, given[code], `${path}.${code}`);
      else add(`${path}.${code}`, unknown);
    }
  };
  const look = (given, path, inHouse) => {
    if (!isObject(given)) return add(path, "not_an_object");
    const facts = checklist.facts.filter((f) => (f.scope === "house") === inHouse);
    const items = checklist.items.filter((i) => (i.scope !== "room") === inHouse);
    each(given.facts, `${path}.facts`, facts, "unknown_fact", (fact, value, at) => {
      if (!factIsValid(fact, value)) add(at, "bad_fact");
    });
    each(given.answers, `${path}.answers`, items, "unknown_item", (item, answer, at) => {
      for (const p of answerProblems(item, answer, today)) add(at + p.path, p.code);
    });
  };
  if (!isObject(visit)) return [{ path: "", code: "not_an_object" }];
  const today = isTime(visit.visited_at) ? dayOf(visit.visited_at) : null;
  if (!today) add("visited_at", "bad_time");
  look(visit.house, "house", true);
  const ids = [];
  if (!Array.isArray(visit.rooms)) add("rooms", "not_a_list");
  else {
    visit.rooms.forEach((room, n) => {
      look(room, `rooms[${n}]`, false);
      if (!isObject(room)) return;
      const isId = typeof room.id === "string" && room.id && length(room.id) <= 64;
      if (!isId) add(`rooms[${n}].id`, "bad_room");
      else if (ids.includes(room.id)) add(`rooms[${n}].id`, "duplicate_room");
      ids.push(room.id);
    });
  }
  const { open_findings: open = [] } = visit;
  if (!Array.isArray(open)) add("open_findings", "not_a_list");
  else {
    open.forEach((f, n) => {
      const isFinding =
        isObject(f) &&
        typeof f.item === "string" &&
        (f.room === null || typeof f.room === "string") &&
        ["K", "N", "T", "L"].includes(f.severity) &&
        typeof f.critical === "boolean";
      if (!isFinding) add(`open_findings[${n}]`, "bad_finding");
    });
  }
  return problems;
}
