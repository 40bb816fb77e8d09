// Resting on a link, or tabbing to it, shows what it leads to. An addition: every link is a link without it, nothing is
// announced or focused, Escape puts it away, and what stands behind a warning stays there.
(() => {
  const WAIT = 350;
  const GRACE = 250;
  const LENGTH = 320;
  const EXTRA = ".apparatus, .here, .visually-hidden, details.sensitive > :not(summary), script";
  const PLACES = /\/(articles|entities|sources|quotations|chronology)\/(.+\/)?index\.html$/;
  const pages = new Map();
  const box = document.createElement("div");
  box.className = "preview";
  box.hidden = true;
  box.setAttribute("aria-hidden", "true"); // a screen reader's user follows the link
  let link = null;
  let timer = 0;

  function page(url) {
    const address = url.origin + url.pathname;
    if (!pages.has(address)) {
      pages.set(address, new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.responseType = "document"; // parsed, never run
        request.onload = () => (request.status === 200 && request.response ? resolve(request.response) : reject());
        request.onerror = reject;
        request.open("GET", address);
        request.send();
      }));
    }
    return pages.get(address);
  }

  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

  // The parts of a page that say what it, or the place in it, is.
  function parts(found, hash) {
    const target = hash && found.getElementById(hash);
    if (hash && !target) return [];
    const fold = target && target.closest("details.sensitive");
    if (fold) return [fold.querySelector("summary")];
    if (!target) return [...found.querySelectorAll("main > .page-head > :is(.eyebrow, h1, .dek, .meta, .provenance)")];
    if (target.matches(".row, .quotation, .references li")) {
      const said = [...target.querySelectorAll("summary, .when, .title, blockquote, .said, .versions > li, .meta")];
      const open = said.filter((e) => e.matches("summary") || !e.closest("details.sensitive"));
      return open.filter((e) => !e.parentElement.closest(".versions")).slice(0, 5);
    }
    return [target.closest("p, li, blockquote, h1, h2, h3, section") || target];
  }

  function fill(found, hash) {
    const lines = parts(found, hash).map((part) => {
      const line = document.createElement("p");
      const copy = part.cloneNode(true);
      for (const extra of copy.querySelectorAll(EXTRA)) extra.remove();
      const text = words(copy);
      line.textContent = text.length > LENGTH ? text.slice(0, LENGTH).replace(/\s\S*$/, "") + " …" : text;
      line.className = part.matches("h1, .title, blockquote") ? "what" : "meta";
      line.dir = "auto";
      return line;
    });
    box.replaceChildren(...lines.filter((line) => line.textContent));
    return box.childElementCount > 0;
  }

  function place() {
    const around = link.getClientRects()[0];
    const below = around.bottom + box.offsetHeight + 12 < innerHeight || around.top < box.offsetHeight + 12;
    const left = Math.min(around.left, document.documentElement.clientWidth - box.offsetWidth - 12);
    box.style.left = Math.max(left, 12) + scrollX + "px";
    box.style.top = scrollY + (below ? around.bottom + 6 : around.top - box.offsetHeight - 6) + "px";
  }

  function away() {
    clearTimeout(timer);
    link = null;
    box.hidden = true;
  }

  async function show(wanted) {
    const url = new URL(wanted.href);
    try {
      const found = url.pathname === location.pathname ? document : await page(url);
      if (link !== wanted || !fill(found, decodeURIComponent(url.hash.slice(1)))) return;
    } catch {
      return; // Offline, or from a folder on disk: the link itself still leads there.
    }
    box.hidden = false;
    place();
  }

  function leads(element) {
    const found = element.closest?.("main a[href]");
    if (!found || found.matches("nav a, .permalink, .back")) return null;
    const url = new URL(found.href);
    const here = url.pathname === location.pathname;
    const known = here ? found.matches("[role=doc-noteref]") : url.origin === location.origin && PLACES.test(url.pathname);
    return known ? found : null;
  }

  function rest(event) {
    if (box.contains(event.target)) return clearTimeout(timer);
    const found = leads(event.target);
    if (found && found === link && !box.hidden) clearTimeout(timer);
    if (!found || found === link || (event.type === "focusin" && !found.matches(":focus-visible"))) return;
    away();
    link = found;
    timer = setTimeout(show, WAIT, found);
  }

  function leave(event) {
    const to = event.relatedTarget;
    if (!link || (to instanceof Node && (link.contains(to) || box.contains(to)))) return;
    if (!link.contains(event.target) && !box.contains(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(away, event.type === "focusout" ? 0 : GRACE);
  }

  if (location.protocol !== "file:") {
    document.body.append(box);
    document.addEventListener("pointerover", (event) => event.pointerType === "mouse" && rest(event));
    document.addEventListener("pointerout", leave);
    document.addEventListener("focusin", rest);
    document.addEventListener("focusout", leave);
    document.addEventListener("keydown", (event) => event.key === "Escape" && away());
  }
})();
