// The picture: choosing, dimming, zooming, moving.

const canvas = document.getElementById("canvas");
const svg = canvas.querySelector("svg");
const shapes = new Map();
const ZOOM = 1.3;
let view = null;
let whole = null;

const keyOf = (group) => group.dataset.node ?? group.dataset.edge;

function buildPicture() {
  document.body.classList.toggle("without-picture", !svg);
  buildLegend();
  if (!svg) return buildNotice();
  whole = svg.viewBox.baseVal;
  whole = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", "Graph; arrow keys go from one part to the next, Enter shows what is known of it");
  for (const group of svg.querySelectorAll("[data-node], [data-edge]")) {
    shapes.set(keyOf(group), group);
    group.setAttribute("role", "button");
    group.setAttribute("tabindex", "-1");
    const relation = relations.get(group.dataset.edge);
    group.setAttribute("aria-label", relation ? sentence(relation) : nodeName(group.dataset.node));
    if (relation) widen(group);
  }
  svg.querySelector("[data-node]")?.setAttribute("tabindex", "0");
  begin();
  new ResizeObserver(() => setView(view)).observe(canvas);
}

/** A line of one pixel is hard to hit. */
function widen(group) {
  const line = group.querySelector("path");
  if (!line) return;
  const wide = line.cloneNode();
  wide.setAttribute("class", "wide");
  line.before(wide);
}

function buildNotice() {
  const notice = document.getElementById("no-picture");
  notice.hidden = false;
  notice.replaceChildren(
    make("h2", {}, "No picture"),
    make("p", {}, "Graphviz draws it, and was not at hand when this page was made. Install it (", make("code", {}, "apt install graphviz"), ", ", make("code", {}, "brew install graphviz"), ", graphviz.org/download) and make the page again."),
    make("p", {}, "All that was found is in the lists and in the article."),
  );
}

function buildLegend() {
  const lines = [["solid", "asserted"], ["dashed", "only in somebody’s statement"], ["dotted", "what a statement is about"], ["tee", "refused or negated"]];
  const legend = document.getElementById("legend");
  const drawn = new Set([...(svg?.querySelectorAll("[data-node]") ?? [])].map((node) => entities.get(node.dataset.node)?.type));
  const kinds = page.types.filter((type) => drawn.has(type.name));
  if (kinds.length > 0) {
    legend.append(make("p", { class: "kinds" }, kinds.map((type) => make("span", { colours: type }, make("i", { class: "dot", "aria-hidden": "true" }), spaced(type.name)))));
  }
  if (svg) legend.append(make("p", { class: "lines" }, lines.map(([kind, text]) => make("span", {}, make("i", { class: `line ${kind}`, "aria-hidden": "true" }), text))));
  if (svg && page.left_out.length > 0) {
    const intro = page.is_part ? "Only the busiest part is drawn; not in the picture: " : "Not in the picture: ";
    legend.append(make("p", { class: "left-out" }, `${intro}${page.left_out.join("; ")}.`));
  }
}

function markPicture() {
  if (!svg) return;
  const { selected } = state;
  const edge = selected?.kind === "relation" ? relations.get(selected.id) : null;
  const near = new Set(edge ? [edge.from, edge.to] : []);
  if (selected?.kind === "node") {
    near.add(selected.id);
    for (const other of edgesOf.get(selected.id) ?? []) near.add(other.id).add(other.from).add(other.to);
  }
  for (const about of svg.querySelectorAll(".about")) {
    const { from, to } = about.dataset;
    const joins = selected?.id === from || selected?.id === to;
    about.classList.toggle("near", joins);
    about.classList.toggle("dim", !isShown(from) || !isShown(to));
    if (joins) near.add(from).add(to);
  }
  for (const group of svg.querySelectorAll(".unnamed")) {
    const { of } = group.dataset;
    group.classList.toggle("near", near.has(of) || selected?.id === of);
    group.classList.toggle("dim", !passing.relations.has(of));
  }
  svg.classList.toggle("focused", near.size > 0 && (shapes.has(selected.id) || near.size > 1));
  for (const [key, group] of shapes) {
    const passes = group.dataset.edge ? passing.relations.has(key) : isShown(key);
    group.classList.toggle("dim", !passes);
    group.classList.toggle("chosen", selected?.id === key);
    group.classList.toggle("near", near.has(key));
    group.setAttribute("aria-pressed", selected?.id === key);
  }
}

/** Words are too small to be read where a unit of the picture takes fewer pixels than this. */
const READABLE = 0.7;
/** What was chosen in the picture itself is in sight. */
let chosenHere = false;

/** Moves the picture so that what is chosen, and what it joins, can be seen and read. */
function revealInPicture() {
  const group = shapes.get(state.selected?.id);
  const inSight = chosenHere;
  chosenHere = false;
  if (!group || !view || inSight || canvas.clientWidth === 0) return;
  const edge = relations.get(state.selected.id);
  const joined = edge ? [shapes.get(edge.from), shapes.get(edge.to)].filter(Boolean) : [];
  const box = union([group, ...joined].map(boxOf));
  const scale = canvas.clientWidth / view.width;
  const ratio = canvas.clientHeight / canvas.clientWidth;
  const needed = Math.max(box.width, box.height / ratio) * 1.15;
  const width = Math.max(needed, scale < READABLE ? canvas.clientWidth / READABLE : view.width);
  glide({ x: box.x + box.width / 2 - width / 2, y: box.y + box.height / 2 - (width * ratio) / 2, width, height: width * ratio });
}

function union(boxes) {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** Goes to a view in a quarter of a second, or at once for those who want no motion. */
function glide(to) {
  if (isCalm() || document.visibilityState !== "visible") return setView(to);
  const from = view;
  const start = performance.now();
  const step = (now) => {
    const part = Math.min(1, (now - start) / 250);
    const eased = part * (2 - part);
    const between = (name) => from[name] + (to[name] - from[name]) * eased;
    setView({ x: between("x"), y: between("y"), width: between("width"), height: between("height") });
    if (part < 1) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

/** Where a group is, in the units of the picture. */
function boxOf(group) {
  const place = (group.dataset.edge && group.querySelector("text")) || group;
  const box = place.getBBox();
  const { e, f } = svg.querySelector("g").transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 };
  return { x: box.x + e, y: box.y + f, width: box.width, height: box.height };
}

/** A view in the proportions of the pane, not farther than twice the whole and not nearer than 60 units. */
function setView(wanted) {
  if (!wanted || canvas.clientWidth === 0) return;
  const ratio = canvas.clientHeight / canvas.clientWidth;
  const most = 2 * Math.max(whole.width, whole.height / ratio);
  const width = Math.min(Math.max(wanted.width, 60), most);
  const middle = { x: wanted.x + wanted.width / 2, y: wanted.y + wanted.height / 2 };
  view = { x: middle.x - width / 2, y: middle.y - (width * ratio) / 2, width, height: width * ratio };
  svg.setAttribute("viewBox", [view.x, view.y, view.width, view.height].map((n) => n.toFixed(2)).join(" "));
}

function fit() {
  const ratio = canvas.clientHeight / (canvas.clientWidth || 1) || 1;
  const width = Math.max(whole.width, whole.height / ratio) * 1.02;
  view = { x: whole.x + whole.width / 2 - width / 2, y: whole.y + whole.height / 2 - (width * ratio) / 2, width, height: width * ratio };
  setView(view);
}

/** The whole picture, or where its words would be too small for that, its top left corner. */
function begin() {
  fit();
  const scale = canvas.clientWidth / view.width;
  if (!(scale < READABLE / 2)) return;
  const ratio = view.height / view.width;
  const width = Math.min(canvas.clientWidth / READABLE, whole.width * 1.02);
  setView({ x: whole.x - width * 0.01, y: whole.y - width * 0.01, width, height: width * ratio });
}

/** Zooms around a point of the picture, or its middle. */
function zoom(factor, point = { x: view.x + view.width / 2, y: view.y + view.height / 2 }) {
  const width = view.width / factor;
  const height = view.height / factor;
  setView({ x: point.x - (point.x - view.x) / factor, y: point.y - (point.y - view.y) / factor, width, height });
}

function pan(x, y) {
  setView({ ...view, x: view.x + x * view.width, y: view.y + y * view.height });
}

/** A point of the screen in the units of the picture. */
function pointAt(clientX, clientY) {
  const frame = canvas.getBoundingClientRect();
  return { x: view.x + ((clientX - frame.left) / frame.width) * view.width, y: view.y + ((clientY - frame.top) / frame.height) * view.height };
}

function chooseShape(group) {
  chosenHere = true;
  const relation = group.dataset.edge ?? group.dataset.of;
  if (relation) select("relation", relation);
  else select("node", group.dataset.node);
}

/** The nearest part in a direction: how far along it, and twice how far beside it. */
function neighbour(group, [dx, dy]) {
  const middle = (other) => {
    const box = boxOf(other);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const from = middle(group);
  let best = null;
  for (const other of shapes.values()) {
    if (other === group || other.classList.contains("dim")) continue;
    const to = middle(other);
    const along = (to.x - from.x) * dx + (to.y - from.y) * dy;
    const beside = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
    const cost = along + 2 * beside;
    if (along > 1 && (!best || cost < best.cost)) best = { cost, other };
  }
  return best?.other;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function onPictureKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const group = event.target.closest("[data-node], [data-edge]");
  const arrow = ARROWS[event.key];
  if (arrow && event.shiftKey) pan(arrow[0] * 0.15, arrow[1] * 0.15);
  else if (arrow && group) focusShape(neighbour(group, arrow));
  else if ((event.key === "Enter" || event.key === " ") && group) chooseShape(group);
  else if (event.key === "+" || event.key === "=") zoom(ZOOM);
  else if (event.key === "-" || event.key === "−") zoom(1 / ZOOM);
  else if (event.key === "0") fit();
  else return;
  event.preventDefault();
}

function focusShape(group) {
  if (!group) return;
  svg.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
  group.setAttribute("tabindex", "0");
  group.focus({ preventScroll: true });
  const box = boxOf(group);
  const beyond = box.x < view.x || box.y < view.y || box.x + box.width > view.x + view.width || box.y + box.height > view.y + view.height;
  if (beyond) setView({ ...view, x: box.x + box.width / 2 - view.width / 2, y: box.y + box.height / 2 - view.height / 2 });
}

/** Pointers that are down, by id; one moves the picture, two zoom it. */
const pointers = new Map();
let dragged = false;

function onPointerMove(event) {
  const last = pointers.get(event.pointerId);
  if (!last) return;
  const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
  const moved = Math.hypot(event.clientX - last.startX, event.clientY - last.startY);
  if (!dragged && moved < 5) return;
  dragged = true;
  canvas.setPointerCapture(event.pointerId);
  if (others.length > 0) {
    const gap = (point) => Math.hypot(point.x - others[0].x, point.y - others[0].y) || 1;
    zoom(gap({ x: event.clientX, y: event.clientY }) / gap(last), pointAt((event.clientX + others[0].x) / 2, (event.clientY + others[0].y) / 2));
  } else {
    pan((last.x - event.clientX) / canvas.clientWidth, (last.y - event.clientY) / canvas.clientHeight);
  }
  Object.assign(last, { x: event.clientX, y: event.clientY });
}

if (svg) {
  canvas.addEventListener("keydown", onPictureKey);
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0016)), pointAt(event.clientX, event.clientY));
  }, { passive: false });
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) dragged = false;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY, startX: event.clientX, startY: event.clientY });
  });
  canvas.addEventListener("pointermove", onPointerMove);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, (event) => pointers.delete(event.pointerId));
  canvas.addEventListener("click", (event) => {
    if (dragged) return;
    const group = event.target.closest("[data-node], [data-edge], .unnamed");
    if (group) chooseShape(group);
    else if (state.selected) closePanel();
  });
  document.getElementById("zoom-in").addEventListener("click", () => zoom(ZOOM));
  document.getElementById("zoom-out").addEventListener("click", () => zoom(1 / ZOOM));
  document.getElementById("fit").addEventListener("click", fit);
}
