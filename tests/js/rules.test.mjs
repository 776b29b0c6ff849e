// The cases of tests/vectors, read as tests/inspections/vectors.py reads them.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { fromColumns } from "../../static/tablet/checklist.js";
import * as rules from "../../static/tablet/rules.js";
import { problemsOfVisit } from "../../static/tablet/visits.js";

const folder = new URL("../vectors/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
const functions = {
  evaluate: rules.evaluate,
  missing: rules.missing,
  photos_missing: rules.photosMissing,
};

function changed(change, name) {
  if ("value" in change) return change.value;
  const found = read(`documents/${change.from ?? name}.json`);
  const reach = (path) => {
    const steps = path.split("/");
    const last = steps.pop();
    return [steps.reduce((place, step) => place[step], found), last];
  };
  for (const [path, value] of Object.entries(change.set ?? {})) {
    const [place, key] = reach(path);
    place[key] = structuredClone(value);
  }
  for (const path of change.unset ?? []) {
    const [place, key] = reach(path);
    delete place[key];
  }
  return found;
}

const columns = (rows) => {
  const names = new Set(rows.flatMap(Object.keys));
  return Object.fromEntries([...names].map((name) => [name, rows.map((row) => row[name] ?? null)]));
};

// What a tablet makes of the document that it is sent: what may be left out is null.
const sent = ({ facts, sections, items, ...others }) =>
  fromColumns({ ...others, facts: columns(facts), sections: columns(sections), items: columns(items) });

// What was found, cut down to the keys that are expected; lists stay whole.
function like(found, expected) {
  if (Array.isArray(expected) && Array.isArray(found)) {
    return found.map((part, n) => like(part, expected[n] ?? part));
  }
  if (expected === null || typeof expected !== "object" || !found) return found;
  return Object.fromEntries(
    Object.keys(expected).map((key) => [key, like(found[key], expected[key])]),
  );
}

const ofTheRules = (name) => name.endsWith(".json") && !["sealed.json", "rescue.json"].includes(name);

for (const file of readdirSync(folder).filter(ofTheRules)) {
  for (const one of read(file)) {
    test(one.name, () => {
      const checklist = changed(one.checklist ?? {}, "small");
      let visit = changed(one.visit ?? {}, "clean");
      const { problems, ...expected } = one.expected;

      if (problems) assert.deepEqual(problemsOfVisit(checklist, visit), problems);
      if (one.before) {
        visit = rules.merge(changed(one.before, "clean"), visit, one.repaired ?? []);
      }
      for (const [name, wanted] of Object.entries(expected)) {
        for (const document of [checklist, sent(checklist)]) {
          const found = functions[name](document, visit);
          assert.deepEqual(like(found, wanted), wanted);
        }
      }
    });
  }
}
