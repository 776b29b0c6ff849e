// Words in the language of the page. The catalogue is a script before the modules.
const catalogue = globalThis.django ?? {
  gettext: (words) => words,
  ngettext: (one, many, count) => (count === 1 ? one : many),
};

export const language = globalThis.document?.documentElement.lang === "en" ? "en" : "vi";
export const gettext = (words) => catalogue.gettext(words);
export const ngettext = (one, many, count) => catalogue.ngettext(one, many, count);

// `fill("%(n)s rooms", { n: 3 })`
export const fill = (words, values) =>
  words.replace(/%\((\w+)\)s/g, (_, name) => String(values[name]));

// A text of the checklist: {"vi": ..., "en": ...}
export const said = (text) => text?.[language] ?? text?.vi ?? "";

const locale = language === "vi" ? "vi-VN" : "en-GB";
const zone = { timeZone: "Asia/Ho_Chi_Minh" };

export const day = (iso) => new Date(iso).toLocaleDateString(locale, zone);
export const moment = (iso) =>
  new Date(iso).toLocaleString(locale, { ...zone, dateStyle: "short", timeStyle: "short" });
export const megabytes = (bytes) =>
  `${(bytes / 1e6).toLocaleString(locale, { maximumFractionDigits: 1 })} MB`;
