// @ts-check
// Search all that this page holds. Nothing is fetched, and nothing that is found is taken for markup.

/** @typedef {[kind: string, href: string, text: string, gloss: string, words: string]} Entry */
/** @typedef {{forms: string[], prefix: boolean, wanted: boolean}} Term */

const MOST_SHOWN = 60;
const LONGEST = 320;
const ENTRIES = /** @type {Entry[]} */ (JSON.parse(element("index").textContent ?? "[]"));

/** @param {string} id */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * The words and phrases of a query.
 * @param {string} query
 * @returns {Term[]}
 */
function parsed(query) {
  const terms = [];
  const typed = query.replace(/[“”„‟«»＂]/gu, '"');
  for (const [, minus, phrase, word] of typed.matchAll(/([-−]?)(?:"([^"]*)"?|([^\s"]+))/gu)) {
    const forms = asked(phrase || word || "");
    const letters = /\p{L}\p{L}\*?$/u.test(word ?? "");
    if (forms.length) terms.push({ forms, prefix: letters, wanted: !minus });
  }
  return terms;
}

/**
 * Whether the words of a text hold a term: whole words, or of a word of letters its beginning.
 * @param {string} folded
 * @param {Term} term
 */
function holds(folded, term) {
  return term.forms.some((form) => folded.includes(term.prefix ? ` ${form}` : ` ${form} `));
}

/**
 * How well a text fits: whole words before beginnings, names before what else there is.
 * @param {Entry} entry
 * @param {Term[]} terms
 */
function rank(entry, terms) {
  const whole = terms.filter((term) => term.forms.some((form) => entry[4].includes(` ${form} `)));
  const order = ["customer", "category", "group", "event", "actor", "claim", "quote", "text", "source"];
  const starts = terms.some((term) => term.forms.some((form) => entry[4].startsWith(` ${form} `)));
  return (terms.length - whole.length) * 100 + order.indexOf(entry[0]) - (starts ? 0.5 : 0);
}

/**
 * What is found, the best first.
 * @param {string} query
 * @returns {{hits: Entry[], terms: Term[]}}
 */
function search(query) {
  const terms = parsed(query);
  const wanted = terms.filter((term) => term.wanted);
  if (!wanted.length) return { hits: [], terms };
  const hits = ENTRIES.filter((entry) => terms.every((term) => holds(entry[4], term) === term.wanted));
  const ranked = hits.map((entry, at) => ({ entry, at, rank: rank(entry, wanted) }));
  ranked.sort((one, other) => one.rank - other.rank || one.at - other.at);
  return { hits: ranked.map((hit) => hit.entry), terms: wanted };
}

/**
 * A text with its matches marked; of a long one the part around the first.
 * @param {string} text
 * @param {Term[]} terms
 */
function excerpt(text, terms) {
  const shown = document.createElement("span");
  const sought = terms.flatMap((term) =>
    term.forms.flatMap((form) => form.split(" ").map((word) => ({ word, prefix: term.prefix }))));
  /** @param {string} token */
  const isMatch = (token) => {
    const folded = ` ${words(token)} `;
    return sought.some(({ word, prefix }) => folded.includes(prefix ? ` ${word}` : ` ${word} `));
  };
  const tokens = [...text.matchAll(/[\p{L}\p{M}\p{N}]+(?:['’ʿʾ.,\u00ad][\p{L}\p{M}\p{N}]+)*/gu)];
  const matches = tokens.filter((token) => isMatch(token[0]));
  const first = matches.length ? matches[0].index : 0;
  let at = text.length > LONGEST && first > LONGEST / 2 ? text.lastIndexOf(" ", first - LONGEST / 3) + 1 : 0;
  const end = Math.min(text.length, at + LONGEST);
  if (at) shown.append("… ");
  for (const match of matches) {
    if (match.index < at || match.index + match[0].length > end) continue;
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    shown.append(text.slice(at, match.index), mark);
    at = match.index + match[0].length;
  }
  shown.append(text.slice(at, end), end < text.length ? " …" : "");
  return shown;
}

/** Show what is found by what is typed. */
function show() {
  const query = /** @type {HTMLInputElement} */ (element("query")).value;
  const { hits, terms } = search(query);
  const list = element("hits");
  list.replaceChildren(...hits.slice(0, MOST_SHOWN).map(([kind, href, text, gloss]) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const about = document.createElement("p");
    link.href = href;
    link.append(excerpt(text, terms));
    about.className = "meta";
    about.textContent = [kind === "text" ? "archived text" : kind, gloss].filter(Boolean).join(" · ");
    item.append(link, about);
    return item;
  }));
  const more = hits.length > MOST_SHOWN ? `, the first ${MOST_SHOWN} below` : "";
  element("found").textContent = !query.trim() ? "" : hits.length
    ? `${hits.length} found${more}`
    : "Nothing found. That nothing is here proves nothing.";
  history.replaceState(null, "", query ? `#q=${encodeURIComponent(query)}` : "#");
}

const typed = /** @type {HTMLInputElement} */ (element("query"));
const linked = new URLSearchParams(location.hash.slice(1)).get("q");
if (linked !== null) typed.value = linked;
typed.addEventListener("input", show);
if (typed.value) show();
