"use strict";
(async () => {
  const table = document.getElementById("list");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const places = new Map(rows.map((row, index) => [row, index]));
  const packed = Uint8Array.from(atob(document.getElementById("details").textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  const details = JSON.parse(await new Response(stream).text());

  // What tickets say becomes text and nothing else: no markup is ever made of it.
  const make = (name, text, kind) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };
  const list = (parent, title, items) => {
    if (!items.length) return;
    const all = make("ul");
    all.append(...items);
    parent.append(make("h4", title), all);
  };
  const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : noun.endsWith("x") ? "es" : "s"}`;

  const review = ([who, verdict, said, severity, evidence, text]) => {
    const item = make("li");
    item.append(make("span", said || verdict, `badge ${verdict}`), make("b", who || "without a name"));
    const meta = [severity && `says ${severity}`, evidence && counted(evidence, "piece") + " of evidence"].filter(Boolean);
    if (meta.length) item.append(make("span", ` · ${meta.join(" · ")}`, "meta"));
    item.append(make("div", text));
    return item;
  };
  const diagnostic = ([rule, level, line, message]) => {
    const item = make("li");
    item.append(make("span", level, `badge ${level}`), make("span", message));
    item.append(make("span", ` · ${rule}, line ${line}`, "meta"));
    return item;
  };
  const opened = (index) => {
    const [, href, summary, reviews, found, [boxes, objections, unsigned]] = details[index];
    const row = make("tr", undefined, "detail");
    const cell = make("td");
    cell.colSpan = table.tHead.rows[0].cells.length;
    row.id = `d${index}`;
    if (summary) cell.append(make("p", summary));
    const gates = [boxes && counted(boxes, "open box"), objections && counted(objections, "unanswered objection")];
    if (unsigned) gates.push("no sign-off");
    list(cell, "Open gates", gates.filter(Boolean).map((text) => make("li", text)));
    list(cell, "Reviews", reviews.map(review));
    list(cell, "Diagnostics", found.map(diagnostic));
    const link = make("a", "Open the ticket");
    link.href = href;
    cell.append(link);
    row.append(cell);
    return row;
  };

  const toggle = (row, wanted) => {
    const button = row.querySelector("button");
    const open = button.getAttribute("aria-expanded") === "true";
    if (wanted === open) return;
    if (open) row.nextElementSibling.remove();
    else row.after(opened(places.get(row)));
    button.setAttribute("aria-expanded", String(!open));
  };
  for (const [index, row] of rows.entries()) {
    const button = row.querySelector("button");
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", `d${index}`);
  }
  body.addEventListener("click", (event) => {
    const row = event.target.closest("tr");
    const selecting = String(getSelection()).length > 0 && !event.target.closest("button");
    if (row && !row.classList.contains("detail") && !selecting) toggle(row);
  });

  const tools = document.querySelector(".tools");
  const search = document.getElementById("search");
  const count = document.getElementById("count");
  const filters = [...tools.querySelectorAll("select")];
  const texts = rows.map((row, index) => {
    const [, , summary, reviews, found] = details[index];
    return [row.textContent, summary, ...reviews.flat(), ...found.flat()].join(" ").toLowerCase();
  });
  const refresh = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = filters.filter((select) => select.selectedIndex > 0);
    let shown = 0;
    for (const [index, row] of rows.entries()) {
      const values = details[index][0];
      const fits = wanted.every((select) => values[select.dataset.filter] === select.value) && words.every((word) => texts[index].includes(word));
      row.hidden = !fits;
      if (!fits) toggle(row, false);
      shown += fits;
    }
    count.textContent = shown === rows.length ? counted(shown, "ticket") : `${shown} of ${counted(rows.length, "ticket")}`;
  };
  tools.addEventListener("input", refresh);
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("reset", () => setTimeout(refresh));

  // Rows come most severe first, so their first order is the order of severities.
  const heads = [...table.tHead.rows[0].cells];
  const names = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const key = (row, column) => row.cells[column].textContent.trim();
  const order = (column) => {
    if (heads[column].textContent.trim() === "Severity") return (one, other) => places.get(one) - places.get(other);
    return (one, other) => names.compare(key(one, column), key(other, column)) || places.get(one) - places.get(other);
  };
  for (const [column, head] of heads.entries()) {
    head.querySelector("button").addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const sorted = [...rows].sort(order(column));
      if (down) sorted.reverse();
      for (const row of rows) toggle(row, false);
      body.append(...sorted);
    });
  }

  const jump = () => {
    const row = document.getElementById(location.hash.slice(1));
    if (!row || !places.has(row)) return;
    if (row.hidden) { tools.reset(); refresh(); }
    toggle(row, true);
    row.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", jump);
  tools.hidden = false;
  refresh();
  jump();
})();
