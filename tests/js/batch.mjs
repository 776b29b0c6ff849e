// Reads a batch from standard input and answers it: the Python tests compare.
import { readFileSync } from "node:fs";

import * as rules from "../../static/tablet/rules.js";
import { problemsOfVisit } from "../../static/tablet/visits.js";

const { checklist, visits, anything } = JSON.parse(readFileSync(0, "utf8"));
const answers = {
  visits: visits.map(({ visit, before, repaired }) => ({
    evaluate: rules.evaluate(checklist, visit),
    missing: rules.missing(checklist, visit),
    photos_missing: rules.photosMissing(checklist, visit),
    problems: problemsOfVisit(checklist, visit),
    merged: rules.evaluate(checklist, rules.merge(before, visit, repaired)),
  })),
  anything: anything.map((visit) => problemsOfVisit(checklist, visit)),
};
process.stdout.write(JSON.stringify(answers));
