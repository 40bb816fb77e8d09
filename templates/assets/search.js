// The search page: asks Pagefind's index and shows what it finds. Nothing else on the site needs a script.
const form = document.getElementById("search");
const status = document.getElementById("status");
const list = document.getElementById("results");
const more = document.getElementById("more");
const without = document.getElementById("without");
const STEP = 20;
let engine = null;
let asked = 0;
let found = [];
let shown = 0;

const root = new URL(form.dataset.index.replace(/pagefind\/pagefind\.js$/, ""), location.href);

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

// Pagefind gives an excerpt as HTML: only its words and its marks are taken over.
function excerpt(html) {
  const paragraph = element("p");
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const node of parsed.body.childNodes) {
    paragraph.append(node.nodeName === "MARK" ? element("mark", node.textContent) : node.textContent);
  }
  return paragraph;
}

// A browser that knows text fragments scrolls to the words and highlights them; others just open the page.
function address(meta, html) {
  const url = new URL(meta.href, root);
  const marked = new DOMParser().parseFromString(html, "text/html").querySelector("mark");
  if (marked && !url.hash && !meta.warning && meta.href.startsWith("articles/")) {
    url.hash = ":~:text=" + encodeURIComponent(marked.textContent.replace(/^\W+|\W+$/gu, "")).replace(/-/g, "%2D");
  }
  return url.href;
}

function result(data) {
  const item = element("li");
  const heading = element("h2");
  const link = element("a", data.meta.title, "title");
  link.href = address(data.meta, data.excerpt);
  heading.append(link);
  const about = element("p", "", "meta");
  about.append(element("span", data.meta.kind, "label kind"), data.meta.warning ? form.dataset.folded : data.meta.about || "");
  item.append(heading, about);
  const words = excerpt(data.excerpt);
  const repeats = data.meta.kind === "quotation" || words.textContent.replace(/\.$/, "") === data.meta.title;
  if (!data.meta.warning && !repeats) item.append(words);
  return item;
}

async function page() {
  const mine = asked;
  const next = await Promise.all(found.slice(shown, shown + STEP).map((hit) => hit.data()));
  if (mine !== asked) return;
  list.append(...next.map(result));
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
  const answer = await engine.search(words || null, { filters });
  if (mine !== asked) return;
  found = answer.results;
  shown = 0;
  list.replaceChildren();
  without.hidden = found.length > 0;
  status.textContent = found.length === 0 ? form.dataset.none : found.length === 1 ? form.dataset.one : form.dataset.many.replace("%(num)s", found.length.toLocaleString(document.documentElement.lang));
  await page();
}

function restore() {
  const query = new URLSearchParams(location.search);
  form.elements.q.value = query.get("q") ?? "";
  for (const field of form.querySelectorAll("[data-filter]")) field.value = query.get(field.dataset.filter) ?? "";
}

async function start() {
  if (location.protocol === "file:") return;
  try {
    engine = await import(new URL(form.dataset.index, location.href).href);
    await engine.init();
  } catch {
    return; // The page already says where to go instead.
  }
  form.hidden = false;
  for (const words of document.querySelectorAll(".unavailable")) words.hidden = true;
  restore();
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
  await search();
}

start();
