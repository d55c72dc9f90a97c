// Putting it together.

const search = document.getElementById("search");
const chooser = document.getElementById("choose");
const help = document.getElementById("help");

function showView(name) {
  document.body.dataset.view = name;
  document.querySelectorAll("[data-view]:is(button)").forEach((button) => button.setAttribute("aria-pressed", button.dataset.view === name));
  if (svg && name === "picture") {
    if (view) setView(view);
    if (!view || view.width === 0) fit();
  }
}

function buildChooser() {
  const several = graph.documents.length > 1;
  document.getElementById("chooser").hidden = !several;
  chooser.replaceChildren(...graph.documents.map((record) => make("option", { value: record.id }, articleTitle(record))));
  chooser.addEventListener("change", () => change({ article: chooser.value, selected: null }));
}

function articleTitle(record) {
  return shortened(record.title ?? record.id, 80);
}

/** How much the search found; which articles have its words, the chooser says. */
function showCount() {
  const output = document.getElementById("search-count");
  for (const option of chooser.options) {
    const article = articles.get(option.value);
    const times = state.query ? foundIn(article).length : 0;
    option.textContent = times > 0 ? `${articleTitle(article)} (${times}×)` : articleTitle(article);
  }
  if (!state.query) {
    output.textContent = "";
    return;
  }
  output.textContent = `${plural(passing.relations.size, "relation", "relations")}, ${plural(passing.entities.size, "entity", "entities")}, ${found.length}× in the text`;
}

/** Redraws what a change concerns. */
function redraw(changed) {
  const has = (...names) => names.some((name) => changed.has(name));
  const filtered = has("query", "here", "chosen") || (has("article") && state.here);
  if (filtered) {
    update();
    markFilters();
  }
  if (has("article", "query")) showArticle();
  else markArticle();
  if (filtered) showLists();
  else markLists();
  if (filtered || has("article")) showPrinted();
  if (has("selected", "article")) showPanel();
  if (has("selected")) {
    revealInPicture();
    showChosen();
  }
  markPicture();
  if (has("query", "article", "here", "chosen")) showCount();
  if (search.value !== state.query) search.value = state.query;
  chooser.value = state.article ?? "";
}

const ALL = new Set(["query", "here", "chosen", "article", "selected"]);

function buildTheme() {
  const button = document.getElementById("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let asked = null;
  try {
    asked = localStorage.getItem("sayso-theme");
  } catch {
    // Some browsers keep nothing for a file.
  }
  const apply = () => {
    const theme = asked ?? (dark.matches ? "dark" : "light");
    document.documentElement.dataset.theme = theme;
    button.setAttribute("aria-pressed", theme === "dark");
  };
  button.addEventListener("click", () => {
    asked = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("sayso-theme", asked);
    } catch {
      // As above.
    }
    apply();
  });
  dark.addEventListener("change", apply);
  apply();
}

function onKey(event) {
  const typing = event.target.closest?.("input, select, textarea");
  if (event.key === "Escape") {
    if (help.open) return;
    if (state.selected) closePanel();
    else if (state.query) change({ query: "" });
    else if (typing) typing.blur();
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "?") {
    help.showModal();
  }
}

search.addEventListener("input", () => change({ query: search.value.trim() === "" ? "" : search.value }));
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") goToNextFound();
});
addEventListener("keydown", onKey);
for (const step of ["popstate", "hashchange"]) {
  addEventListener(step, () => {
    if (location.hash.slice(1) === address()) return;
    restore();
    redraw(ALL);
  });
}
document.getElementById("help-open").addEventListener("click", () => help.showModal());
document.querySelectorAll("[data-view]:is(button)").forEach((button) => button.addEventListener("click", () => showView(button.dataset.view)));

buildTheme();
buildChooser();
buildFilters();
showTab("relations");
buildPicture();
showView(svg ? "picture" : "article");
restore();
onChange(redraw);
redraw(ALL);
