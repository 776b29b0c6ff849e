// A checklist document as the registry sends it (docs/reference/pack.md), and as the rules read it.
const TABLES = ["facts", "sections", "items"];

// {"code": ["A", "B"]} as [{"code": "A"}, {"code": "B"}]
function rows(columns) {
  const [any = []] = Object.values(columns);
  return any.map((_, row) =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[row]])),
  );
}

export const fromColumns = (sent) => ({
  ...sent,
  ...Object.fromEntries(TABLES.map((name) => [name, rows(sent[name])])),
});
