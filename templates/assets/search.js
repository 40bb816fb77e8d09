// The search page: asks Pagefind's index and shows what it finds. Nothing else on the site needs a script. Pagefind is
// fetched when someone begins to search: who only looks at the page, or goes on to a register, does not pay for it.
// Not a module: browsers run none from a folder on disk, where the form's place must be taken away.
const form = document.getElementById("search");
const status = document.getElementById("status");
const list = document.getElementById("results");
const more = document.getElementById("more");
const without = document.getElementById("without");
const STEP = 20; // results
const LENGTH = 30; // words of an excerpt
let asked = 0;
let found = [];
let shown = 0;

const index = new URL(".", new URL(form.dataset.index, location.href));
const root = new URL("..", index);

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

// What results show stands in files of many documents each; an address names the file and the place in it.
const packs = new Map();
async function document_at(address) {
  const [name, place] = address.split(".");
  if (!packs.has(name)) packs.set(name, fetch(new URL(`shown/${name}.json`, index)).then((answer) => answer.json()));
  return (await packs.get(name))[place];
}

// The run of words after the title in which most of the found ones stand. Pagefind counts words between white space,
// or, in languages that put none between words, between the marks it sets there.
function excerpt({ title, text = "" }, places) {
  const marked = text.includes("\u200B");
  const words = text.split(marked ? "\u200B" : /\s+/);
  const start = count(words, title);
  const sorted = [...new Set(places)].filter((at) => at >= start && at < words.length).sort((a, b) => a - b);
  let from = start;
  let most = 0;
  for (const [i, at] of sorted.entries()) {
    let last = i;
    while (sorted[last + 1] < at + LENGTH) last++;
    if (last - i < most) continue;
    most = last - i + 1;
    from = Math.floor((at + sorted[last] + 1 - LENGTH) / 2);
  }
  from = Math.max(start, Math.min(from, words.length - LENGTH));
  const to = Math.min(from + LENGTH, words.length);
  return { words, found: new Set(sorted), start, from, to, between: marked ? "" : " " };
}

// How many of the words are the title's, which comes first.
function count(words, title) {
  const length = title.replace(/\s/g, "").length;
  let at = 0;
  for (let taken = 0; taken < length && at < words.length; at++) taken += words[at].length;
  return at;
}

function quoted({ words, found, start, from, to, between }) {
  const paragraph = element("p", from > start ? "… " : "");
  for (let at = from; at < to; at++) {
    paragraph.append(found.has(at) ? element("mark", words[at]) : words[at], at + 1 < to ? between : "");
  }
  if (to < words.length) paragraph.append(" …");
  return paragraph;
}

// A browser that knows text fragments scrolls to the words and highlights them; others just open the page.
function address(shown, { words, found, from, to }) {
  const url = new URL(shown.href, root);
  const first = words.slice(from, to).find((_, at) => found.has(from + at));
  const bare = first?.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  if (bare && !url.hash && shown.href.startsWith("articles/")) {
    url.hash = ":~:text=" + encodeURIComponent(bare).replace(/-/g, "%2D");
  }
  return url.href;
}

function result(shown, places) {
  const item = element("li");
  const heading = element("h2");
  const link = element("a", shown.title, "title");
  const passage = excerpt(shown, places);
  link.href = address(shown, passage);
  heading.append(link);
  const about = element("p", "", "meta");
  about.append(element("span", shown.kind, "label kind"), shown.warning ? form.dataset.folded : shown.about || "");
  item.append(heading, about);
  const words = quoted(passage);
  const repeats = words.textContent.startsWith(shown.title.replace(/ …$/, ""));
  if (words.textContent.trim() && !repeats) item.append(words);
  return item;
}

async function page() {
  const mine = asked;
  const hits = found.slice(shown, shown + STEP);
  const next = await Promise.all(hits.map((hit) => document_at(hit.id))).catch(() => null);
  if (mine !== asked) return;
  if (!next) {
    status.textContent = form.dataset.failed;
    without.hidden = false;
    return;
  }
  list.append(...next.map((document, at) => result(document, hits[at].words)));
  const first = list.children[shown];
  if (shown && first) first.querySelector("a").focus();
  shown += next.length;
  more.hidden = shown >= found.length;
}

function chosen() {
  const filters = {};
  for (const field of form.querySelectorAll("[data-filter]")) {
    if (field.value.trim()) filters[field.dataset.filter] = field.value.trim();
  }
  return filters;
}

function remember(words, filters) {
  const query = new URLSearchParams({ ...(words && { q: words }), ...filters });
  history.replaceState(null, "", query.size ? "?" + query : location.pathname);
}

async function answered(words, filters) {
  try {
    const engine = await loaded();
    return (await engine.search(words || null, { filters })).results;
  } catch {
    return null;
  }
}

function counted(number) {
  if (number < 2) return number ? form.dataset.one : form.dataset.none;
  return form.dataset.many.replace("%(num)s", number.toLocaleString(document.documentElement.lang));
}

async function search() {
  const mine = ++asked;
  const words = form.elements.q.value.trim();
  const filters = chosen();
  remember(words, filters);
  if (!words && !Object.keys(filters).length) {
    list.replaceChildren();
    status.textContent = "";
    more.hidden = true;
    without.hidden = false;
    return;
  }
  status.textContent = form.dataset.searching;
  const results = await answered(words, filters);
  if (mine !== asked) return;
  found = results ?? [];
  shown = 0;
  list.replaceChildren();
  without.hidden = found.length > 0;
  status.textContent = results ? counted(found.length) : form.dataset.failed;
  await page();
}

// Pagefind with all parts of the index. After a failure the next search tries again.
let loading = null;
function loaded() {
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load() {
  const engine = await import(new URL(form.dataset.index, location.href).href);
  await engine.init();
  const parts = await (await fetch(new URL("parts.json", index), { cache: "no-cache" })).json();
  await Promise.all(parts.map((part) => engine.mergeIndex(new URL(part, index).href + "/")));
  return engine;
}

function restore() {
  const query = new URLSearchParams(location.search);
  form.elements.q.value = query.get("q") ?? "";
  for (const field of form.querySelectorAll("[data-filter]")) field.value = query.get(field.dataset.filter) ?? "";
}

function start() {
  if (location.protocol === "file:") {
    form.remove(); // the page already says where to go instead
    return;
  }
  form.hidden = false;
  for (const words of document.querySelectorAll(".unavailable")) words.hidden = true;
  restore();
  form.addEventListener("focusin", () => loaded().catch(() => {}), { once: true });
  let timer = 0;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    search();
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 250);
  });
  more.addEventListener("click", page);
  search();
}

start();
