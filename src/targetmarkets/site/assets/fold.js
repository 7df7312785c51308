// @ts-check
// The words of a text as they are looked for: text/words.py and text/letters.py, for what is typed.
// tests/site/test_search.py holds this file to the one table of what finds what.

const LETTERS = /** @type {Record<string, string>} */ ({
  æ: "ae", đ: "d", ð: "d", ə: "e", ħ: "h", ı: "i", ł: "l", ŋ: "n", ø: "o", œ: "oe", þ: "th",
  ŧ: "t", "ـ": "", ß: "ss", ς: "σ",
});
const QUOTES = /[‘’‚‛‹›′‵`´ʹʻʼʽʿʾˈ]/gu;
const DASHES = /[‐‑‒–—―⁃−⸺⸻]/gu;
const UNSEEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;
const RAISED = /[⁰¹²³⁴-⁹⁺⁻⁼⁽⁾₀-₉₊₋₌₍₎⸢⸣⸤⸥]+/gu;
const APART =
  /\p{Nd}+|[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3]/gu;

/**
 * A text without what people vary in its letters.
 * @param {string} text
 */
function plain(text) {
  let found = "";
  for (const character of text.normalize("NFKD")) {
    const small = character.toLowerCase().normalize("NFKD");
    for (const part of small) {
      if (part === "\u3099" || part === "\u309a" || !/\p{Mn}/u.test(part)) {
        found += LETTERS[part] ?? part;
      }
    }
  }
  return found.normalize("NFC");
}

/**
 * A text with one form of quotation marks and dashes, and nothing that is not seen.
 * @param {string} text
 */
function tidied(text) {
  return text.replace(/[\u00ad\u2010-]\s*\n\s*(?=\p{Ll})/gu, "").replace(UNSEEN, "")
    .replace(QUOTES, "'").replace(DASHES, "-");
}

/**
 * Its words, with one blank between them.
 * @param {string} text
 */
function words(text) {
  const raised = tidied(text).replace(RAISED, (run) => ` ${run}`);
  return (plain(raised).replace(APART, (word) => ` ${word} `).match(/[\p{L}\p{N}]+/gu) ?? [])
    .join(" ");
}

/**
 * What is looked for by a word or phrase: its words, and the same written together.
 * @param {string} typed
 * @returns {string[]}
 */
function asked(typed) {
  const tidy = tidied(typed);
  const together = plain(tidy).replace(/(?<=[\p{L}\p{N}_])'(?=[\p{L}\p{N}_])|(?<=\d)[,.](?=\d{3})/gu, "");
  const joined = together.replace(/(?<=\p{L})-(?=\p{L})/gu, "");
  return [...new Set([tidy, together, joined].map(words))].filter(Boolean);
}
