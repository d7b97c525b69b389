// The index of commitments: filters, counts beside every choice, and an order, with their state in the address.
// Without it the whole table is there, in the order of the report.
(() => {
  "use strict";
  const { plain, loadIndex, copies } = globalThis.yanxing;
  const filters = document.querySelector("[data-filters]");
  if (!filters) return;

  const table = document.querySelector("table.index");
  const body = table.tBodies[0];
  const result = filters.querySelector(".result");
  const text = filters.elements.q;
  const sorting = filters.elements.sort;
  const facets = [...filters.querySelectorAll("select[data-facet]")];
  // The lead unit is a name, which may have spaces; every other value is a list of keys.
  const valuesOf = (row, name) => (name === "lead" ? [row.dataset.lead] : row.dataset[name].split(" ").filter(Boolean));
  const items = [...body.rows].map((row, order) => (
    { row, order, shown: true, text: "", values: facets.map((facet) => valuesOf(row, facet.name)) }));
  const choices = facets.map((facet) => [...facet.options].map((option) => (
    { option, label: option.text.replace(/ \(\d+\)$/, ""), count: -1 })));

  // Order
  const rank = (name) => {
    const at = facets.findIndex((facet) => facet.name === name);
    const places = new Map(choices[at].map((choice, place) => [choice.option.value, place]));
    return (item) => places.get(item.values[at][0]);
  };
  const appearance = (name) => {
    const at = facets.findIndex((facet) => facet.name === name);
    const places = new Map();
    for (const item of items) if (!places.has(item.values[at][0])) places.set(item.values[at][0], item.order);
    return (item) => places.get(item.values[at][0]);
  };
  const change = (pick) => (item) => {
    const found = item.row.dataset.change.split(" ").filter(Boolean).map(Number);
    return found.length ? pick(...found) : undefined;
  };
  const lastDay = (iso) => ({ 4: iso + "-12-31", 7: iso + "-31" })[iso.length] ?? iso;
  const keys = {
    order: () => (item) => item.order,
    status: () => rank("status"),
    section: () => appearance("section"),
    theme: () => rank("theme"),
    due: () => (item) => lastDay(item.row.dataset.due),
    change: (down) => change(down ? Math.max : Math.min),
  };
  let standing = "";
  const order = () => {
    if (sorting.value === standing) return;
    standing = sorting.value;
    const down = standing.startsWith("-");
    const name = standing.replace("-", "") || "order";
    const key = keys[name](down);
    const keyed = items.map((item) => [key(item), item]);
    keyed.sort(([one, first], [other, second]) => {
      if (one === other) return first.order - second.order;
      if (one === undefined || other === undefined) return one === undefined ? 1 : -1; // those without stand last either way
      return (one < other ? -1 : 1) * (down ? -1 : 1);
    });
    body.append(...keyed.map(([, item]) => item.row));
  };
  const headers = [...table.querySelectorAll("th[data-sort]")].map((header) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const { sort } = header.dataset;
      const now = sorting.value || "order";
      sorting.value = now !== sort ? (sort === "order" ? "" : sort) : "-" + sort;
      apply();
    });
    return header;
  });
  const showOrder = () => {
    const now = sorting.value || "order";
    for (const header of headers) {
      if (now.replace("-", "") !== header.dataset.sort) header.removeAttribute("aria-sort");
      else header.setAttribute("aria-sort", now.startsWith("-") ? "descending" : "ascending");
    }
  };

  // Filters
  const textOf = (item) => item.text ||= plain(item.row.textContent + " " + item.row.dataset.text);
  const apply = () => {
    const terms = plain(text.value.trim()).split(/\s+/).filter(Boolean);
    const wanted = facets.map((facet) => facet.value);
    // A row counts for a choice if every other filter lets it through.
    const counts = facets.map(() => new Map());
    const count = (at, values) => {
      for (const value of values) counts[at].set(value, (counts[at].get(value) ?? 0) + 1);
      counts[at].set("", (counts[at].get("") ?? 0) + 1);
    };
    let shown = 0;
    for (const item of items) {
      let failing = -1;
      let failures = terms.every((term) => textOf(item).includes(term)) ? 0 : 2;
      for (let at = 0; at < wanted.length && failures < 2; at += 1) {
        if (wanted[at] && !item.values[at].includes(wanted[at])) { failures += 1; failing = at; }
      }
      if (failures === 0) { shown += 1; item.values.forEach((values, at) => count(at, values)); }
      if (failures === 1) count(failing, item.values[failing]);
      const visible = failures === 0;
      if (visible !== item.shown) { item.shown = visible; item.row.hidden = !visible; }
    }
    choices.forEach((own, at) => own.forEach((choice) => {
      const found = counts[at].get(choice.option.value) ?? 0;
      if (found !== choice.count) { choice.count = found; choice.option.textContent = `${choice.label} (${found})`; }
      choice.option.disabled = found === 0 && choice.option.value !== "" && !choice.option.selected;
    }));
    order();
    showOrder();
    const said = result.dataset.template.replace("{shown}", shown).replace("{total}", items.length);
    result.textContent = (shown ? said : result.dataset.none) + (sorting.value ? " · " + sorting.selectedOptions[0].text : "");
    table.hidden = shown === 0;
    for (const facet of facets) facet.classList.toggle("chosen", facet.value !== "");
    remember();
  };

  // The address
  const remember = () => {
    const query = new URLSearchParams();
    for (const one of [text, ...facets, sorting]) if (one.value.trim()) query.set(one.name, one.value.trim());
    const address = location.pathname + (query.size ? "?" + query : "") + location.hash;
    try { history.replaceState(null, "", address); } catch { /* too often in a moment, or a place without addresses */ }
  };
  const query = new URLSearchParams(location.search);
  text.value = query.get("q") ?? "";
  for (const one of [...facets, sorting]) {
    const value = query.get(one.name) ?? "";
    one.value = [...one.options].some((option) => option.value === value) ? value : "";
  }
  if (location.protocol !== "file:") copies(filters.querySelector("[data-copy-view]"), () => location.href);

  // On a phone the choices start closed, unless one is made.
  const more = filters.querySelector(".more");
  if (matchMedia("(max-width: 44rem)").matches) more.open = [...facets, sorting].some((one) => one.value);

  filters.hidden = false;
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("input", (event) => { if (!event.isComposing) apply(); });
  text.addEventListener("compositionend", () => apply());
  filters.addEventListener("reset", () => setTimeout(apply));
  // Characters of the other script are known from the search index; until it is there, text is compared as it is.
  const learn = () => loadIndex().then(() => { for (const item of items) item.text = ""; apply(); }, () => {});
  text.addEventListener("focus", learn, { once: true });
  apply();
  if (text.value) learn();
  // A link to a commitment that the filters hide shows it all the same.
  const reach = () => {
    const row = document.getElementById(location.hash.slice(1));
    if (!row) return;
    if (row.hidden) { filters.reset(); setTimeout(() => row.scrollIntoView()); } else row.scrollIntoView();
  };
  addEventListener("hashchange", () => { if (items.some((item) => "#" + item.row.id === location.hash)) reach(); });
  if (location.hash) reach();
})();
