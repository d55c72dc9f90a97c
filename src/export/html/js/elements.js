// Building elements. Data only ever becomes text or a checked attribute, never markup.

/** An element with properties and children; strings become text. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value == null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "colours") colour(element, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

/** Words of the data, in their own direction. */
function bdi(text, className) {
  return make("bdi", { class: className }, text);
}

/** Gives an element the colours of an entity's or relation's type. */
function colour(element, { fill, stroke } = {}) {
  element.style.setProperty("--stroke", stroke ?? "#616161");
  element.style.setProperty("--fill", fill ?? "#f5f5f5");
}

/** The first so many characters, whole ones. */
function shortened(text, length) {
  const flat = text.replace(/\s+/g, " ").trim();
  const characters = [...flat];
  return characters.length <= length ? flat : `${characters.slice(0, length - 1).join("").trimEnd()}…`;
}

function plural(count, one, many) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** One of these elements is in the tab order; arrows go to the others. */
function rove(container, selector, { horizontal = false } = {}) {
  const [back, forth] = horizontal ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  container.addEventListener("keydown", (event) => {
    const items = [...container.querySelectorAll(selector)];
    const here = items.indexOf(event.target.closest(selector));
    const next = { [back]: here - 1, [forth]: here + 1, Home: 0, End: items.length - 1 }[event.key];
    if (here < 0 || next == null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    items[Math.max(0, Math.min(items.length - 1, next))].focus();
  });
  container.addEventListener("focusin", (event) => {
    const item = event.target.closest(selector);
    if (item) putInTabOrder(container, selector, item);
  });
}

function putInTabOrder(container, selector, item) {
  container.querySelectorAll(`${selector}[tabindex="0"]`).forEach((other) => other.setAttribute("tabindex", "-1"));
  (item ?? container.querySelector(selector))?.setAttribute("tabindex", "0");
}

function isCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function scrollTo(element, block = "center") {
  element.scrollIntoView({ block, inline: "nearest", behavior: isCalm() ? "auto" : "smooth" });
}
