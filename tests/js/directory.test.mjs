// A house is found on the tablet however its address is typed.
import assert from "node:assert/strict";
import { test } from "node:test";

import { fold, numberOf, searcher } from "../../static/tablet/directory.js";

const house = (number, fields) => ({ house: { number, name: "", address: "", street: "", hamlet: "", commune: "Xã Quang Minh", landmark: "", landlord: "", ...fields } });
const HOUSES = [
  house("K7M2XQ4", { address: "số 5, ngõ 12", street: "Đường Hoà Bình" }),
  house("A3B4C5D", { address: "số 15, ngõ 12/3", hamlet: "thôn Đoài", name: "Nhà bà Tư" }),
];
const found = (typed) => searcher(HOUSES)(typed).map(({ house: { number } }) => number);

test("text is folded as the registry folds it", () => {
  assert.equal(fold("Số 415/23 Hoà Lạc"), "so 415 23 hoa lac");
  assert.equal(fold("ĐƯỜNG  Đông-Anh"), fold("duong dong anh"));
  assert.equal(fold("Hòa".normalize("NFD")), fold("Hoà"));
});

test("words are found by their beginnings, in any order and spelling", () => {
  assert.deepEqual(found("hòa binh"), ["K7M2XQ4"]);
  assert.deepEqual(found("ngo 12 so 5"), ["K7M2XQ4"]);
  assert.deepEqual(found("ba tu"), ["A3B4C5D"]);
  assert.deepEqual(found("12/3 doai"), ["A3B4C5D"]);
  assert.deepEqual(found("quang minh"), ["K7M2XQ4", "A3B4C5D"]);
  assert.deepEqual(found("oai"), []);
});

test("a number is found with and without hyphens", () => {
  assert.deepEqual(found("a3b4-c5d"), ["A3B4C5D"]);
  assert.equal(numberOf(" k7m2-xq4 "), "K7M2XQ4");
});

test("nothing typed finds nothing", () => {
  assert.deepEqual(found(" - "), []);
});
