// The houses that may be visited with no plan, looked up on the tablet in any spelling.
// Plain data, no screen, no storage.

// As core/text.py: plain letters without tones, lower case, words parted by one space.
export const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[đð]/g, "d")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

// A registration number as it is kept, whatever hyphens were typed.
export const numberOf = (typed) => typed.toUpperCase().replace(/[^A-Z0-9]/g, "");

// Returns find(typed): the houses whose words begin like all that was typed, or the one house
// with this number.
export function searcher(houses) {
  const rows = houses.map((listed) => {
    const { name, address, street, hamlet, commune, landmark, landlord } = listed.house;
    return [listed, ` ${fold([name, address, street, hamlet, commune, landmark, landlord].join(" "))}`];
  });
  return (typed) => {
    const number = numberOf(typed);
    const exact = houses.filter(({ house }) => house.number === number);
    if (exact.length > 0) return exact;
    const words = fold(typed).split(" ").filter(Boolean);
    if (words.length === 0) return [];
    return rows.filter(([, text]) => words.every((word) => text.includes(` ${word}`))).map(([listed]) => listed);
  };
}
