// "link" beside a passage is an ordinary link to it; with this script it also copies its address. Pages are complete without.
const said = document.currentScript.dataset.copied;
const status = document.createElement("p");
status.className = "visually-hidden";
status.setAttribute("role", "status");

if (navigator.clipboard) {
  document.body.append(status);
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a.permalink");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    try {
      await navigator.clipboard.writeText(link.href);
    } catch {
      return; // Refused: the link itself still leads to its passage.
    }
    const words = link.textContent;
    link.textContent = status.textContent = said;
    setTimeout(() => {
      link.textContent = words;
      status.textContent = "";
    }, 2000);
  });
}
