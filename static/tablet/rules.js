// What a visit means; says the same as inspections/rules (see there for the reasons).
// docs/reference/checklist-format.md describes the documents, tests/vectors prove it.
import { REPAIRED, applies, deadlines, isRepaired, resultOf } from "./answers.js";
import { factIsValid, kinds, own } from "./problems.js";

export { applies, deadlines, resultOf };

const GRAVE = ["K", "N"];
const WANTS_PHOTO = { always: ["pass", "fail"], on_fail: ["fail"], never: [] };

function places(checklist, visit) {
  const house = place(checklist, visit, visit.house, null);
  return [house, ...visit.rooms.map((room) => place(checklist, visit, room, house.facts))];
}

function place(checklist, visit, given, houseFacts) {
  const inHouse = houseFacts === null;
  const id = inHouse ? null : given.id;
  const facts = {};
  const unknown = [];
  for (const fact of checklist.facts.filter((f) => (f.scope === "house") === inHouse)) {
    const value = own(given.facts, fact.code);
    if (factIsValid(fact, value)) facts[fact.code] = value;
    else unknown.push({ item: fact.code, room: id, why: "fact" });
  }
  const known = { ...houseFacts, ...facts };
  const judged = checklist.items
    .filter((item) => (item.scope !== "room") === inHouse)
    .map((item) => {
      const answer = own(given.answers, item.code);
      const verdict = resultOf(item, answer, known, visit.visited_at);
      const theirs = !item.confidential && !item.public_task;
      return { item, code: item.code, room: id, answer, theirs, ...verdict };
    });
  return { id, facts, unknown, judged };
}

const everything = (all) => all.flatMap(({ judged }) => judged);
const failed = ({ result }) => result === "fail";
const entry = ({ code, room }, why) => ({ item: code, room, why });
const isGrave = ({ critical, severity }) => critical || GRAVE.includes(severity);

export function findings(checklist, visit) {
  return findingsOf(checklist, visit, everything(places(checklist, visit)));
}

function findingsOf(checklist, visit, all) {
  return all
    .filter((one) => failed(one) && !one.item.confidential)
    .map((one) => ({
      item: one.code,
      room: one.room,
      severity: one.severity,
      critical: one.critical,
      public_task: one.item.public_task,
      due: due(checklist, visit, one),
    }));
}

function due(checklist, visit, { code, room, severity, correct }) {
  const earlier = (visit.open_findings ?? []).find(
    (f) => f.item === code && f.room === room && f.severity === severity && f.due?.length,
  );
  return earlier?.due ?? deadlines(checklist, severity, correct, visit.visited_at);
}

const missingAt = ({ unknown, judged }) => [
  ...unknown,
  ...judged
    .filter(({ result, item }) => result === "missing" && !item.confidential)
    .map((one) => entry(one, "missing")),
];

export function missing(checklist, visit) {
  return places(checklist, visit).flatMap(missingAt);
}

export function photosMissing(checklist, visit) {
  return everything(places(checklist, visit))
    .filter(({ result, item }) => WANTS_PHOTO[item.photo].includes(result))
    .filter(({ answer }) => !isRepaired(answer) && !answer.photos?.length)
    .map(({ code, room }) => ({ item: code, room }));
}

function blockingAt(visit, here) {
  const blocks = (one) =>
    one.theirs && (failed(one) ? isGrave(one) : one.result === "unseen" && one.critical);
  const stillOpen = (finding) => {
    const one = here.judged.find(({ code }) => code === finding.item);
    return !one || (one.theirs && ["unseen", "missing"].includes(one.result));
  };
  return [
    ...missingAt(here),
    ...here.judged.filter(blocks).map((one) => entry(one, one.result)),
    ...(visit.open_findings ?? [])
      .filter((f) => f.room === here.id && isGrave(f) && stillOpen(f))
      .map((f) => ({ item: f.item, room: f.room, why: "open" })),
  ];
}

export function score(checklist, results, section = null) {
  let earned = 0;
  let possible = 0;
  for (const item of checklist.items) {
    const result = own(results, item.code) ?? "na";
    if (result === "na" || !item.scored) continue;
    if (section !== null && section !== item.section) continue;
    const severities = [item, ...kinds(item)].map((kind) => kind.severity);
    const weight = Math.max(...severities.map((s) => checklist.weights[s] ?? 0));
    possible += weight;
    if (result === "pass") earned += weight;
  }
  const percent = possible ? Math.floor((earned * 100) / possible) : 100;
  return { earned, possible, percent };
}

function scores(checklist, judged) {
  const results = Object.fromEntries(judged.map(({ code, result }) => [code, result]));
  return {
    overall: score(checklist, results),
    security: score(checklist, results, checklist.security_section),
    women: score(checklist, results, checklist.women_section),
  };
}

function outcome(checklist, room, judged, blocking) {
  const points = scores(checklist, judged);
  if (blocking.some(({ why }) => why === "fact" || why === "missing")) {
    return { outcome: "not_complete", scores: points, blocking };
  }
  const pass = checklist.pass_percent;
  const low = Object.keys(points).filter((name) => points[name].percent < pass[name]);
  let word = "refuse";
  if (!blocking.length && !low.length) word = "certify";
  if (!blocking.length && low.join() === "overall") word = "conditional";
  const why = low.map((name) => ({ item: name, room, why: "score" }));
  return { outcome: word, scores: points, blocking: [...blocking, ...why] };
}

export function evaluate(checklist, visit) {
  const [house, ...rooms] = places(checklist, visit);
  const blocking = blockingAt(visit, house);
  const all = everything([house, ...rooms]);
  return {
    findings: findingsOf(checklist, visit, all),
    confidential_path: all.some((one) => failed(one) && one.item.confidential),
    house: { scores: scores(checklist, house.judged), blocking },
    rooms: Object.fromEntries(
      rooms.map((room) => {
        const judged = [...house.judged, ...room.judged];
        const why = [...blocking, ...blockingAt(visit, room)];
        return [room.id, outcome(checklist, room.id, judged, why)];
      }),
    ),
  };
}

export function merge(before, now, repaired = []) {
  const place = (earlier, later, id, done) => ({
    ...earlier,
    ...later,
    facts: { ...earlier?.facts, ...later?.facts },
    answers: {
      ...earlier?.answers,
      ...Object.fromEntries(
        done.filter((f) => f.room === id).map((f) => [f.item, REPAIRED]),
      ),
      ...later?.answers,
    },
  });
  const rooms = new Map(before.rooms.map((r) => [r.id, place(r, null, r.id, repaired)]));
  for (const r of now.rooms) rooms.set(r.id, place(rooms.get(r.id), r, r.id, []));
  const house = place(before.house, now.house, null, repaired);
  return { ...now, house, rooms: [...rooms.values()] };
}
