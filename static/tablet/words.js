// Words in the language of the page. The catalogue is a script before the modules; what it
// does not hold is said in English.
const catalogue = globalThis.catalogue ?? {};

export const language = globalThis.document?.documentElement.lang === "en" ? "en" : "vi";
export const gettext = (words) => catalogue[words] ?? words;
// Vietnamese has one form for any number.
export const ngettext = (one, many, count) => catalogue[one]?.[0] ?? (count === 1 ? one : many);

// `fill("%(n)s rooms", { n: 3 })`
export const fill = (words, values) =>
  words.replace(/%\((\w+)\)s/g, (_, name) => String(values[name]));

// A text of the checklist: {"vi": ..., "en": ...}, or in the one language that was asked for.
export const said = (text) => text?.[language] ?? text?.vi ?? text?.en ?? text ?? "";

const locale = language === "vi" ? "vi-VN" : "en-GB";
const DAY = { timeZone: "Asia/Ho_Chi_Minh", day: "2-digit", month: "2-digit", year: "numeric" };
const TIME = { timeZone: DAY.timeZone, hour: "2-digit", minute: "2-digit", hour12: false };
// Made when the first is said: a slow tablet needs longer for one than for the PIN pad.
const formats = new Map();
function format(how, iso) {
  if (!formats.has(how)) formats.set(how, new Intl.DateTimeFormat(locale, how));
  return formats.get(how).format(new Date(iso));
}

// 21/11/2026, in Viet Nam; of a moment or of a day ("2026-11-21").
export const day = (iso) => format(DAY, iso.length === 10 ? `${iso}T05:00:00Z` : iso);
// 14:05
export const time = (iso) => format(TIME, iso);
// 21/11/2026 14:05
export const moment = (iso) => `${day(iso)} ${time(iso)}`;
export const number = (value, decimals = 2) =>
  Number(value).toLocaleString(locale, { maximumFractionDigits: decimals });

const UNITS = [[1e9, "GB"], [1e6, "MB"], [1e3, "kB"]];

// "1,2 MB"
export function size(bytes) {
  const [unit, name] = UNITS.find(([least]) => bytes >= least) ?? UNITS.at(-1);
  return `${number(bytes / unit, 1)} ${name}`;
}
