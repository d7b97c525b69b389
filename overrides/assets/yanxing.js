// Everything here is an addition: reading, the index and all links work without it.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* private mode: not remembered */ } },
  };

  // Dark mode: the system's choice until the reader makes one.
  const theme = store.get("yanxing-theme");
  if (theme) root.dataset.theme = theme;
  for (const button of document.querySelectorAll("[data-theme-toggle]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      store.set("yanxing-theme", root.dataset.theme);
    });
  }

  // The language switch stays on the paragraph: the one in the address as long as it is in view, else the first in view.
  const named = () => {
    const box = document.getElementById(location.hash.slice(1))?.getBoundingClientRect();
    return box && box.bottom > 0 && box.top < innerHeight ? location.hash.slice(1) : "";
  };
  const paragraphInView = () => {
    for (const one of document.querySelectorAll("main [id].para, main h2[id], main h3[id]")) {
      if (one.getBoundingClientRect().bottom > 90) return scrollY > 200 ? one.id : "";
    }
    return "";
  };
  for (const link of document.querySelectorAll("[data-language]")) {
    link.addEventListener("click", () => {
      store.set("yanxing-language", link.dataset.language);
      const id = named() || paragraphInView();
      link.href = link.href.split(/[?#]/)[0] + location.search + (id ? "#" + id : "");
    });
  }

  // A long table of contents starts closed on a phone.
  const contents = document.querySelector("[data-contents]");
  if (contents && matchMedia("(max-width: 60rem)").matches) contents.open = false;

  // Text in either script is compared in Simplified characters, without case and punctuation.
  let fold = new Map();
  const plain = (text) => {
    let folded = "";
    for (const char of text.normalize("NFKC").toLowerCase()) folded += fold.get(char) ?? char;
    return folded;
  };

  let loading;
  const loadIndex = () => loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    globalThis.yanxingIndex = (index) => {
      for (let at = 0; at < index.fold.length; at += 2) fold.set(index.fold[at], index.fold[at + 1]);
      index.entries = index.entries.map(([url, kind, title, text, label]) => (
        { url, kind, title, text, label, foldedTitle: plain(title), folded: plain(title + "\n" + text) }));
      resolve(index);
    };
    script.src = document.querySelector("[data-search]").dataset.index;
    script.onerror = () => { loading = undefined; reject(new Error("no index")); };
    document.head.append(script);
  });

  // The index of commitments: filters, with their state in the address.
  const filters = document.querySelector("[data-filters]");
  if (filters) {
    const rows = [...document.querySelectorAll("table.index tbody tr")];
    const texts = new Map();
    const textOf = (row) => {
      if (!texts.has(row)) texts.set(row, plain(row.textContent + " " + row.dataset.text));
      return texts.get(row);
    };
    const result = filters.querySelector(".result");
    const controls = [...filters.elements].filter((one) => one.name);
    const matches = (row, name, value) => {
      if (name === "q") return plain(value).split(/\s+/).every((term) => textOf(row).includes(term));
      if (name === "theme") return row.dataset.theme.split(" ").includes(value);
      return row.dataset[name] === value;
    };
    const apply = () => {
      const active = controls.filter((one) => one.value.trim()).map((one) => [one.name, one.value.trim()]);
      let shown = 0;
      for (const row of rows) {
        row.hidden = !active.every(([name, value]) => matches(row, name, value));
        if (!row.hidden) shown += 1;
      }
      result.textContent = result.dataset.template.replace("{shown}", shown).replace("{total}", rows.length);
      const query = new URLSearchParams(active).toString();
      history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
    };
    const query = new URLSearchParams(location.search);
    for (const one of controls) if (query.has(one.name)) one.value = query.get(one.name);
    filters.hidden = false;
    filters.addEventListener("submit", (event) => event.preventDefault());
    filters.addEventListener("input", apply);
    filters.addEventListener("reset", () => setTimeout(apply));
    // Characters of the other script are known from the search index; until it is there, text is compared as it is.
    filters.elements.q.addEventListener("focus", () => loadIndex().then(() => { texts.clear(); apply(); }, () => {}), { once: true });
    apply();
    if (filters.elements.q.value) loadIndex().then(() => { texts.clear(); apply(); }, () => {});
  }

  // Search.
  const dialog = document.querySelector("[data-search]");
  const input = dialog.querySelector("input");
  const list = dialog.querySelector(".results");
  const hits = dialog.querySelector(".hits");
  const words = /[a-z0-9]/;
  const MOST = 60;

  const position = (text, term) => {
    if (!words.test(term[0]) || !/^[a-z]/.test(term)) return text.indexOf(term);
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
      if (at === 0 || !/[a-z0-9]/.test(text[at - 1])) return at;
    }
    return -1;
  };
  const score = (entry, terms) => {
    let sum = 0;
    for (const term of terms) {
      const at = position(entry.folded, term);
      if (at < 0) return -1;
      const title = position(entry.foldedTitle, term);
      sum += title >= 0 ? 100 - Math.min(title, 40) : 30 - Math.min(at / 20, 25);
    }
    return sum + (entry.kind === "c" ? 50 : 0);
  };
  // The sentence around the first hit, with every hit marked. Folding keeps one character for one.
  const snippet = (entry, terms) => {
    const text = entry.text;
    const folded = [...text].map((char) => plain(char)[0] ?? char).join("");
    const first = Math.min(...terms.map((term) => position(folded, term)).filter((at) => at >= 0), text.length);
    const from = first === text.length ? 0 : Math.max(0, text.lastIndexOf("。", first) + 1, first - 40);
    return marked(text.slice(from, from + 110), folded.slice(from, from + 110), terms, from > 0 ? "…" : "", from + 110 < text.length ? "…" : "");
  };
  const marked = (text, folded, terms, before, after) => {
    const fragment = document.createDocumentFragment();
    const spans = [];
    for (const term of terms) {
      for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) spans.push([at, at + term.length]);
    }
    spans.sort((a, b) => a[0] - b[0]);
    let at = 0;
    fragment.append(before);
    for (const [start, end] of spans) {
      if (start < at) continue;
      fragment.append(text.slice(at, start));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      fragment.append(mark);
      at = end;
    }
    fragment.append(text.slice(at), after);
    return fragment;
  };

  let latest = 0;
  const search = async () => {
    const run = ++latest;
    const query = input.value.trim();
    if (!query) { list.replaceChildren(); hits.textContent = ""; input.setAttribute("aria-expanded", "false"); return; }
    hits.textContent ||= dialog.dataset.loading;
    let index;
    try { index = await loadIndex(); } catch { hits.textContent = dialog.dataset.failed; return; }
    if (run !== latest) return;
    const terms = plain(query).split(/\s+/).filter(Boolean);
    const found = index.entries.map((entry, order) => ({ entry, order, score: score(entry, terms) }))
      .filter((one) => one.score >= 0).sort((a, b) => b.score - a.score || a.order - b.order);
    hits.textContent = found.length === 0 ? dialog.dataset.none
      : (found.length === 1 ? dialog.dataset.one : dialog.dataset.many).replace("{n}", found.length);
    list.replaceChildren(...found.slice(0, MOST).map(({ entry }, number) => {
      const item = document.createElement("li");
      item.setAttribute("role", "presentation");
      const link = document.createElement("a");
      link.href = root.dataset.base + "/" + entry.url;
      link.setAttribute("role", "option");
      link.id = "hit-" + number;
      const title = document.createElement("strong");
      title.append(marked(entry.title, [...entry.title].map((char) => plain(char)[0] ?? char).join(""), terms, "", ""));
      const label = document.createElement("span");
      label.className = "hit-label kind-" + entry.kind;
      label.textContent = entry.label;
      const text = document.createElement("span");
      text.className = "hit-text";
      text.append(snippet(entry, terms));
      link.append(label, title, text);
      item.append(link);
      return item;
    }));
    input.setAttribute("aria-expanded", String(found.length > 0));
  };
  const open = (query = "") => {
    if (!dialog.open) dialog.showModal();
    if (query) input.value = query;
    input.focus();
    loadIndex().catch(() => {});
    search();
  };
  for (const opener of document.querySelectorAll("[data-search-open]")) {
    opener.hidden = false;
    if (opener.matches("form")) {
      const own = opener.querySelector("input");
      opener.addEventListener("submit", (event) => { event.preventDefault(); open(own.value); });
      // A word that is still being composed (pinyin, zhuyin) must not lose its field.
      const take = (event) => { if (own.value && !event.isComposing) { open(own.value); own.value = ""; } };
      own.addEventListener("input", take);
      own.addEventListener("compositionend", take);
    } else opener.addEventListener("click", () => open());
  }
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter and arrows choose a candidate of the input method
    if (event.key === "Enter") { event.preventDefault(); list.querySelector("a")?.click(); }
    if (event.key === "ArrowDown") { event.preventDefault(); list.querySelector("a")?.focus(); }
  });
  list.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown") { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
    if (event.key === "ArrowUp") { event.preventDefault(); at > 0 ? links[at - 1].focus() : input.focus(); }
  });
  list.addEventListener("click", (event) => { if (event.target.closest("a")) dialog.close(); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, select, textarea, dialog")) { event.preventDefault(); open(); }
  });
})();
