// @ts-check
// Prove the quotations of this page: the hash of its text, and each at its characters in it.

/** @typedef {{start: number, end: number, exact: string, id: string}} Span */

const ARCHIVED = /** @type {{text: string, sha256: string, quotes: Span[]}} */ (
  JSON.parse(document.getElementById("archived")?.textContent ?? "{}")
);

/**
 * SHA-256 of a text in UTF-8; null where the page has no WebCrypto.
 * @param {string} text
 */
async function sha256(text) {
  if (!globalThis.crypto?.subtle) return null;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Where code points begin, in JavaScript's units: a character beyond U+FFFF has two of these.
 * @param {string} text
 * @param {number[]} offsets
 */
function units(text, offsets) {
  const wanted = [...new Set(offsets)].sort((one, other) => one - other);
  const found = /** @type {Map<number, number>} */ (new Map());
  let point = 0;
  let unit = 0;
  for (const offset of wanted) {
    while (point < offset && unit < text.length) {
      unit += /** @type {number} */ (text.codePointAt(unit)) > 0xffff ? 2 : 1;
      point += 1;
    }
    if (point === offset) found.set(offset, unit);
  }
  return found;
}

/**
 * The words that the page shows for a quotation: its pieces, line by line.
 * @param {number} number
 */
function shown(number) {
  const lines = /** @type {Map<Element | null, string>} */ (new Map());
  for (const piece of document.querySelectorAll(`mark[data-q~="${number}"]`)) {
    const line = piece.closest("p");
    lines.set(line, (lines.get(line) ?? "") + piece.textContent);
  }
  return [...lines.values()].join("\n");
}

/** Prove all, and say what came of it, at each and together. */
async function prove() {
  const { text, quotes } = ARCHIVED;
  const hash = await sha256(text);
  const starts = units(text, quotes.flatMap((quote) => [quote.start, quote.end]));
  let standing = 0;
  quotes.forEach((quote, at) => {
    const [start, end] = [starts.get(quote.start), starts.get(quote.end)];
    const found = start === undefined || end === undefined ? "" : text.slice(start, end);
    const stands = found !== "" && found === quote.exact;
    // What hides or controls is shown by its escape, and cannot be compared with what it is.
    const comparable = !/[^\P{C}\n]|[\p{Z}\p{M}]/u.test(quote.exact.replace(/[ \u00a0]/gu, ""));
    const alike = !comparable || shown(at + 1).replace(/\s+/gu, " ") === quote.exact.replace(/\s+/gu, " ");
    standing += Number(stands && alike);
    const verdict = document.querySelector(`[data-verdict="${at + 1}"]`);
    if (verdict) {
      verdict.textContent = stands && alike ? " ✓ stands there" : " ✗ DOES NOT STAND THERE";
      verdict.className = `verdict ${stands && alike ? "good" : "bad"}`;
    }
  });
  const result = /** @type {HTMLElement} */ (document.getElementById("proved"));
  const told = `${standing} of ${quotes.length} quotations stand at their characters.`;
  const right = hash === ARCHIVED.sha256;
  if (hash === null) {
    result.textContent = `${told} The hash was NOT computed: this page has no WebCrypto here (it is ` +
      "there over https, on localhost, and from a file).";
  } else {
    result.textContent = right
      ? `✓ SHA-256 computed here: ${hash}, as recorded. ${told}`
      : `✗ SHA-256 computed here: ${hash}, NOT as recorded. ${told}`;
  }
  result.className = `result ${hash !== null && right && standing === quotes.length ? "good" : "bad"}`;
}

const button = /** @type {HTMLButtonElement} */ (document.getElementById("prove"));
button.hidden = false;
button.addEventListener("click", () => void prove());
