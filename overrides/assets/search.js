// Search in two parts: what matches (pure functions without a page, globalThis.yanxingMatch) and the dialog. The index is
// loaded when it is first used, on http and from file://. Offers {plain, loadIndex} to index.js.
(() => {
  "use strict";

  // Folding: either script, any case, full or half width, with or without accents, one kind of quotation mark and of dash.
  // Every code unit becomes one code unit, so that a place in the folded text is the same place in the text itself.
  const folding = (pairs = "") => {
    const known = new Map();
    for (const char of "“”‘’「」『』\"") known.set(char, "'");
    for (const char of "‐‑‒–—−") known.set(char, "-");
    for (let at = 0; at < pairs.length; at += 2) known.set(pairs[at], pairs[at + 1]);
    const han = [...known.keys()].filter((char) => char >= "一" && char <= "鿿").join("");
    const folded = new RegExp(`[^\\n !#-@\\[-~一-鿿]${han && `|[${han}]`}`, "g");
    const one = (char) => {
      if (!known.has(char)) {
        const bare = char.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
        const same = [bare, char.toLowerCase()].find((one) => one.length === 1) ?? char;
        known.set(char, known.get(same) ?? same);
      }
      return known.get(char);
    };
    return (text) => text.replace(folded, one);
  };

  // English words are compared by their stems: simple inflection, renovate/renovation, British and American spelling.
  const singular = (word) => {
    const bare = word.replace(/'s?$/, "");
    if (bare.length < 4 || /(?:ss|us|is|news|means|goods)$/.test(bare)) return bare;
    return bare.replace(/(..)ies$/, "$1y").replace(/(ss|x|ch|sh)es$/, "$1").replace(/([^s])s$/, "$1");
  };
  const stem = (word) => {
    let own = singular(word)
      .replace(/([iy])z(?=[aei])/g, "$1s").replace(/^(..+)our/, "$1or").replace(/mme$/, "m").replace(/ogue$/, "og")
      .replace(/([bt])re(d?)$/, (_, letter, past) => letter + "er" + (past && "ed"));
    if (own.length < 4) return own;
    own = own.replace(/^(..+)ied$/, "$1y").replace(/^(..+[^c])eed$/, "$1ee");
    const verb = /^(.*[aeiouy].*)(?:ing|ed)$/.exec(own);
    if (verb && !own.endsWith("eed")) own = verb[1].replace(/^[^aeiou]?[aeiou][^aeiouwxy]$/, "$&e");
    own = own.replace(/(ion|ment)al$/, "$1").replace(/^(...+)ily$/, "$1y").replace(/^(?!busi)(.{4,})(?:ly|ness)$/, "$1")
      .replace(/^(.{4,}[st])ion$/, "$1").replace(/^(.{4,}at)ive$/, "$1").replace(/^(.{4,})e$/, "$1")
      .replace(/^(.{5,})at$/, "$1").replace(/^(.{4,})ment$/, "$1").replace(/^(.{4,})e$/, "$1");
    return own.replace(/^(..+)([^aeiou])\2$/, "$1$2").replace(/([^aeiou])y$/, "$1i");
  };

  // One letter wrong, missing, too many, or two exchanged.
  const near = (one, other) => {
    if (Math.abs(one.length - other.length) > 1) return false;
    let at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    const [a, b] = [one.slice(at), other.slice(at)];
    return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)
      || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
  };

  // Finds a part of a text from a place on: [start, end]. A figure only whole (6亿元 is not in 16亿元, nor 5% in 97.5%), and
  // with or without the commas of its thousands; Latin letters only from the beginning of a word.
  const finder = (part) => {
    const figure = /\d/.test(part[0]), letter = /[a-z]/.test(part[0]), last = /\d$/.test(part);
    const whole = (text, start, end) => {
      const before = text.slice(Math.max(0, start - 2), start);
      if (figure && (/\d\.?$/.test(before) || (/\d,$/.test(before) && /^\d{3}(?!\d)/.test(text.slice(start, start + 4))))) return false;
      if (letter && /[a-z]$/.test(before)) return false;
      return !last || !/^(?:\.?\d|,\d{3}(?!\d))/.test(text.slice(end, end + 5));
    };
    const commas = /\d{4}/.test(part) &&
      new RegExp(part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\d(?=(?:\d{3})+(?!\d))/g, "$&,?"), "g");
    return (text, from) => {
      for (let at = from; ; at += 1) {
        let length = part.length;
        if (commas) {
          commas.lastIndex = at;
          const found = commas.exec(text);
          at = found ? found.index : -1;
          length = found?.[0].length;
        } else at = text.indexOf(part, at);
        if (at < 0) return null;
        if (!(figure || letter || last) || whole(text, at, at + length)) return [at, at + length];
      }
    };
  };

  const GAP = "\n\n\n"; // between the fields of an entry: more than what may stand between the words of a phrase
  const TOKENS = /[\p{L}\p{N}%℃㎡]+(?:[.'-][\p{L}\p{N}%]+)*/gu;
  const LATIN = /^[a-z][a-z'-]*$/;
  const KINDS = { c: 60, h: 20, p: 10, g: 0 }; // for equal match: commitments, headings, paragraphs, terms

  // The searchable index. `add` takes the entries one by one, so that the page can do so in slices; `search` gives what has
  // all words of a query, best first: {entry, spans: [[start, end, level], …] for each word, score}. A place counts from the
  // beginning of `title + GAP + text + GAP + more`. Levels: 0 as typed, 1 inflected or the same thing, 2 begun, 3 mistyped.
  const matcher = (index) => {
    const plain = folding(index.fold);
    const entries = [];
    const vocabulary = new Map(); // a word: the places where it stands, as entry, start, entry, start, …
    const stems = new Map(); // a stem: its words
    const same = new Map(); // words, singular: what means the same
    for (const group of index.same ?? []) {
      const words = group.map(plain);
      for (const one of words) same.set(one.split(/[ -]/).map(singular).join(" "), words);
    }
    const latin = [...same.keys()].filter((one) => LATIN.test(one));

    const add = ([url, kind, title, said = "", more = "", status = ""]) => {
      const text = typeof said === "string" ? said : index.entries[said[0]][3].slice(said[1], said[2]);
      const id = "cp".includes(kind) ? url.replace(/^.*[/#]|\.html$/g, "") : "";
      const entry = { url, kind, title, text, more, status, id, folded: plain([title, text, more, id].join(GAP)) };
      entry.textAt = title.length + GAP.length;
      entry.moreAt = entry.textAt + text.length + GAP.length;
      entry.idAt = entry.moreAt + more.length + GAP.length;
      const pattern = /[a-z]+(?:'[a-z]+)*/g;
      for (let found; (found = pattern.exec(entry.folded)) && found.index < entry.idAt;) {
        const places = vocabulary.get(found[0]);
        if (places) places.push(entries.length, found.index);
        else {
          vocabulary.set(found[0], [entries.length, found.index]);
          const own = stem(found[0]);
          if (stems.has(own)) stems.get(own).push(found[0]); else stems.set(own, [found[0]]);
        }
      }
      entries.push(entry);
    };

    // Hits are a map from an entry's number to spans.
    const put = (hits, number, start, end, level) => {
      const spans = hits.get(number);
      if (spans) spans.push([start, end, level]); else hits.set(number, [[start, end, level]]);
    };
    const putAll = (hits, others, level) => {
      for (const [number, spans] of others) for (const [start, end] of spans) put(hits, number, start, end, level);
    };
    const both = (one, other, joined) => {
      const hits = new Map();
      for (const [number, spans] of one) {
        const next = other.get(number) ?? [];
        for (const [start, end] of spans) {
          for (const span of next) if (span[0] >= end && span[0] - end <= joined) put(hits, number, start, span[1], 1);
        }
      }
      return hits;
    };

    // The words of the text that are this one, and those of the same stem; `strictly`: only its singular and plural.
    const byStem = (word, hits, level, strictly) => {
      for (const one of stems.get(stem(word)) ?? []) {
        const alike = singular(one) === singular(word);
        if (strictly && !alike) continue;
        const places = vocabulary.get(one), own = level + (one === word ? 0 : alike ? 0.5 : 1);
        for (let at = 0; at < places.length; at += 2) put(hits, places[at], places[at + 1], places[at + 1] + one.length, own);
      }
      return hits;
    };
    const meaning = (text) => LATIN.test(text.replace(/ /g, ""))
      ? text.split(/[ -]/).map((word) => byStem(word, new Map(), 1, true)).reduce((one, other) => both(one, other, 1))
      : byPart(text);
    const byMeaning = (key, hits, level) => {
      for (const other of same.get(key) ?? []) if (other !== key) putAll(hits, meaning(other), level);
      return hits;
    };
    const byWord = (word) => {
      const related = (one, hits, level) => byMeaning(singular(one), byStem(one, hits, level), Math.max(level, 1));
      let hits = related(word, new Map(), 0);
      const others = (wanted, level) => {
        if (hits.size) return;
        hits = new Map();
        for (const one of new Set([...vocabulary.keys(), ...latin])) if (wanted(one)) related(one, hits, level);
      };
      others((one) => one.startsWith(word), 2);
      const own = singular(word);
      const mistyped = (one) => {
        if (Math.abs(one.length - word.length) > 2) return false; // most words, cheaply
        const bare = singular(one);
        return (Math.max(bare.length, own.length) > 5 || Math.min(one.length, word.length) > 5) && near(bare, own);
      };
      others(mistyped, 3);
      return hits;
    };

    const byPart = (part) => {
      const hits = new Map(), find = finder(part);
      entries.forEach((entry, number) => {
        for (let found = find(entry.folded, 0); found; found = find(entry.folded, found[1])) {
          if (found[0] <= entry.idAt) put(hits, number, found[0], found[1], 0);
        }
      });
      return hits;
    };
    const occurs = (part) => {
      const find = finder(part);
      return entries.some((entry) => find(entry.folded, 0));
    };
    // The longest pieces of a part that stand somewhere; none if more than a character or a figure of it stands nowhere.
    const pieces = (part) => {
      const units = part.match(/[a-z]+|\d+(?:\.\d+)*%?|./gu), found = [];
      let single = 0;
      for (let at = 0, to; at < units.length; at = to) {
        for (to = at; to < units.length && occurs(units.slice(at, to + 1).join("")); to += 1);
        if (to === at) {
          if (/[\p{L}\p{N}]/u.test(units[at])) return [];
          to += 1;
        } else if (to - at > 1 || units[at].length > 1) found.push(units.slice(at, to).join(""));
        else if (/[\p{L}\p{N}]/u.test(units[at]) && !"的了和与及在是".includes(units[at])) {
          const wider = at > 0 && units[at - 1] + units[at];
          if (wider && occurs(wider)) found.push(wider);
          else if ((single += 1) > 1) return [];
          else found.push(units[at]);
        }
      }
      return found.length > 1 && found.some((one) => one.length > 1) ? found : [];
    };
    const byParts = (part) => {
      const hits = byPart(part);
      for (const words of new Set(same.values())) {
        const own = words.filter((word) => !LATIN.test(word) && part.includes(word)).sort((a, b) => b.length - a.length)[0];
        for (const other of own ? words : []) {
          if (other !== own) putAll(hits, meaning(part.replace(own, other)), 1);
        }
      }
      const elsewhere = [...hits.keys()].some((number) => entries[number].kind !== "g");
      const split = elsewhere ? [] : pieces(part).map(byPart);
      if (!split.length) return [hits];
      // What the glossary alone says as a whole stands in every list, besides the pieces.
      for (const own of split) putAll(own, hits, 0);
      return split;
    };

    // A query's words, each as its hits. Parts with Han characters or figures are looked for as they stand.
    const read = (query) => {
      const text = plain(query.replace(/[ﬀ-ﬆ]/g, (one) => one.normalize("NFKC")).normalize("NFC"))
        .replace(/(\d),(?=\d{3}(?!\d))/g, "$1");
      const terms = (text.match(TOKENS) ?? []).flatMap((one) => LATIN.test(one) ? one.split("-").filter(Boolean) : [one]);
      const lists = [];
      for (let at = 0, length; at < terms.length; at += length) {
        for (length = 3; length > 1; length -= 1) {
          const key = terms.slice(at, at + length).map(singular).join(" ");
          if (at + length > terms.length || !same.has(key)) continue;
          const words = terms.slice(at, at + length).map(byWord);
          const hits = byMeaning(key, new Map(), 1);
          for (const number of words[0].keys()) {
            if (words.every((own) => own.has(number))) words.forEach((own) => putAll(hits, [[number, own.get(number)]], 0));
          }
          lists.push(hits);
          break;
        }
        if (length === 1) lists.push(...(LATIN.test(terms[at]) ? [byWord(terms[at])] : byParts(terms[at])));
      }
      return lists;
    };

    const adjacent = (spans) => {
      let ends = spans[0].map((span) => span[1]);
      for (const own of spans.slice(1)) {
        ends = own.filter(([start]) => ends.some((end) => start >= end && start - end <= 2)).map((span) => span[1]);
        if (!ends.length) return false;
      }
      return spans.length > 1;
    };
    // A title weighs more than a sentence, early more than late, a phrase more than its words, as typed more than nearly so.
    const rate = (entry, spans) => {
      let sum = 0;
      for (const own of spans) {
        let best = 0;
        for (const [start, , level] of own) {
          const weight = start < entry.textAt ? (entry.kind === "p" ? 20 : 100 - Math.min(start, 90) / 9)
            : start < entry.moreAt ? 50 - Math.min(start - entry.textAt, 400) / 40 : 20;
          best = Math.max(best, weight - 14 * level);
        }
        sum += best;
      }
      return sum / spans.length + (adjacent(spans) ? 30 : 0) + KINDS[entry.kind];
    };
    const search = (query) => {
      const lists = read(query), found = [];
      if (!lists.length) return found;
      const rarest = lists.reduce((one, other) => (other.size < one.size ? other : one));
      for (const number of rarest.keys()) {
        const spans = lists.map((hits) => hits.get(number));
        if (spans.every(Boolean)) found.push({ entry: entries[number], number, spans, score: rate(entries[number], spans) });
      }
      return found.sort((a, b) => b.score - a.score || a.number - b.number);
    };
    return { add, search, entries };
  };

  // The sentence of an entry's text that has most words of the query, no longer than `most`: [from, to] in its text.
  const excerpt = ({ entry, spans }, most) => {
    let best = [0, 0], count = -1, from = 0;
    for (const stop of [...entry.text.matchAll(/[。！？!?]|\.(?=\s)/g)].map((one) => one.index + 1).concat(entry.text.length)) {
      const inside = ([start]) => start >= entry.textAt + from && start < entry.textAt + stop;
      const own = spans.filter((one) => one.some(inside)).length;
      if (own > count) [best, count] = [[from, stop], own];
      from = stop;
    }
    let [start, end] = best;
    while (start < end && entry.text[start] === " ") start += 1;
    if (end - start > most) {
      const first = Math.min(...spans.flat().map((one) => one[0] - entry.textAt).filter((at) => at >= start && at < end));
      if (first < Infinity) start = Math.max(start, Math.min(first - Math.floor(most / 4), end - most));
      end = Math.min(end, start + most);
      if (start > best[0] && /[a-z]/i.test(entry.text[start - 1])) start = Math.min(entry.text.indexOf(" ", start) + 1 || start, Math.max(first, start));
      if (end < best[1] && /[a-z]/i.test(entry.text[end])) end = Math.max(entry.text.lastIndexOf(" ", end), start + most / 2);
    }
    return [start, end];
  };

  globalThis.yanxingMatch = { folding, singular, stem, near, matcher, excerpt };
})();

// The dialog.
(() => {
  "use strict";
  const { folding, matcher, excerpt } = globalThis.yanxingMatch;
  const root = document.documentElement;
  const { words } = globalThis.yanxingWords;
  // It is of no use without this script, so no page carries it.
  const dialog = document.createElement("dialog");
  dialog.className = "search";
  dialog.setAttribute("aria-label", words.search);
  dialog.innerHTML = `<form method="dialog" role="search"><label class="visually-hidden" for="search-query"></label>
    <input id="search-query" type="search" name="q" autocomplete="off" spellcheck="false" role="combobox" aria-expanded="false"
     aria-controls="search-results" aria-autocomplete="list"><button type="submit" value="close"></button></form>
    <p class="hits" role="status" aria-live="polite"></p><ul id="search-results" class="results" role="listbox" hidden></ul>
    <button type="button" class="more" hidden></button>`;
  document.body.append(dialog);
  const input = dialog.querySelector("input");
  dialog.querySelector("label").textContent = input.placeholder = words.search_label;
  dialog.querySelector("[value=close]").textContent = words.close;
  dialog.querySelector(".results").setAttribute("aria-label", words.results);
  dialog.querySelector(".more").textContent = words.more_hits;
  const list = dialog.querySelector(".results");
  const hits = dialog.querySelector(".hits");
  const more = dialog.querySelector(".more");
  const AT_ONCE = 50;

  let plain = folding();
  let loading, preparing, engine, labels, statuses;
  const loadIndex = () => loading ??= new Promise((resolve, reject) => {
    const take = (index) => { plain = folding(index.fold); resolve(index); };
    const inside = document.getElementById("search-index"); // in a file that holds everything
    if (inside) { take(JSON.parse(inside.textContent)); return; }
    const script = document.createElement("script");
    globalThis.yanxingIndex = take;
    script.src = root.dataset.base + "/search/index.js";
    script.onerror = () => { loading = undefined; reject(new Error("no index")); };
    document.head.append(script);
  });
  // In slices of some milliseconds, so that typing goes on meanwhile.
  const prepare = async () => {
    const index = await loadIndex(), made = matcher(index);
    let begin = performance.now();
    for (const entry of index.entries) {
      made.add(entry);
      if (performance.now() - begin > 10) {
        await new Promise((resolve) => setTimeout(resolve));
        begin = performance.now();
      }
    }
    ({ labels, statuses } = index);
    engine = made;
  };
  const ready = () => preparing ??= prepare().catch((error) => { preparing = undefined; throw error; });
  globalThis.yanxing = Object.assign(globalThis.yanxing ?? {}, { plain: (text) => plain(text), loadIndex });

  // Results.
  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };
  // Part of an entry with its hits marked, and the language that it is in where that is not the page's.
  const marked = (name, className, { entry, spans }, from, to) => {
    const all = [entry.title, entry.text, entry.more].join("\n\n\n"), made = element(name, className);
    let at = from;
    for (const [start, end] of spans.flat().sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
      if (start < at || end > to) continue;
      made.append(all.slice(at, start), element("mark", "", all.slice(start, end)));
      at = end;
    }
    made.append(all.slice(at, to));
    const first = /\p{L}/u.exec(all.slice(from, to))?.[0] ?? "";
    const language = /\p{Script=Han}/u.test(first) ? "zh-Hans" : "en";
    if (first && (root.lang === "en") !== (language === "en")) made.lang = language;
    return made;
  };
  const option = (found, number) => {
    const { entry } = found, { textAt, moreAt } = entry;
    const link = element("a", "", marked("strong", "", found, 0, entry.title.length));
    link.href = entry.url.startsWith("#") ? entry.url : root.dataset.base + "/" + entry.url;
    link.id = "hit-" + number;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    if (entry.text) {
      const [from, to] = excerpt(found, root.lang === "en" ? 240 : 110);
      const text = marked("span", "hit-text", found, textAt + from, textAt + to);
      if (from > 0) text.prepend("…");
      if (to < entry.text.length) text.append("…");
      link.append(text);
    }
    const inMore = found.spans.some((own) => own.every(([start]) => start >= moreAt));
    if (entry.more && (entry.kind === "g" || inMore)) link.append(marked("span", "hit-text", found, moreAt, moreAt + entry.more.length));
    const label = labels[entry.kind] + (entry.kind === "p" ? " · " + entry.id : "");
    link.append(element("span", "hit-label", label, ...(entry.status ? [" ", element("span", "status s-" + entry.status, statuses[entry.status])] : [])));
    const item = element("li", "", link);
    item.setAttribute("role", "presentation");
    return item;
  };
  let found = [], active = -1, latest = 0;
  const options = () => list.querySelectorAll("a");
  const choose = (number) => {
    options()[active]?.setAttribute("aria-selected", "false");
    const one = options()[number];
    active = one ? number : -1;
    one?.setAttribute("aria-selected", "true");
    one?.scrollIntoView({ block: "nearest" });
    if (one) input.setAttribute("aria-activedescendant", one.id); else input.removeAttribute("aria-activedescendant");
  };
  const say = (shown) => {
    const number = (count) => count.toLocaleString(root.lang);
    const text = shown < found.length ? words.hits_shown : found.length > 1 ? words.hits : found.length ? words.hit_one : words.no_hits;
    hits.textContent = text.replace("{n}", number(found.length)).replace("{shown}", number(shown));
    more.hidden = shown >= found.length;
  };
  const showMore = () => {
    const before = options().length, next = found.slice(before, before + AT_ONCE);
    list.append(...next.map((one, at) => option(one, before + at)));
    say(before + next.length);
  };
  const show = (results, text) => {
    choose(-1);
    found = results;
    list.replaceChildren();
    list.scrollTop = 0;
    showMore();
    if (text !== undefined) hits.textContent = text;
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
  };
  const search = async () => {
    const run = latest += 1, query = input.value.trim();
    remember(query);
    if (!query) { show([], ""); return; }
    if (!engine) {
      show([], words.loading);
      try { await ready(); } catch { if (run === latest) hits.textContent = words.failed; return; }
      if (run !== latest) return;
    }
    show(engine.search(query));
  };

  // The home page keeps the query in its address, which can then be passed on: index.html?q=….
  const home = document.querySelector("form[data-search-open]");
  let waiting;
  const remember = (query, wait = 400) => {
    clearTimeout(waiting);
    if (home) waiting = setTimeout(() => {
      try { history.replaceState(null, "", location.pathname + (query ? "?q=" + encodeURIComponent(query) : "") + location.hash); }
      catch { /* the browser allows no more changes: the address stays as it is */ }
    }, wait);
  };

  // Opening and closing.
  const open = (query = "") => {
    if (!dialog.open) dialog.showModal();
    if (query) input.value = query;
    input.focus();
    if (!query) input.select();
    ready().catch(() => {});
    search();
  };
  for (const opener of document.querySelectorAll("[data-search-open]")) {
    if (opener.matches("form")) {
      const own = opener.querySelector("input");
      opener.addEventListener("submit", (event) => { event.preventDefault(); open(own.value); });
      // A word that is still being composed (pinyin, zhuyin) must not lose its field.
      const take = (event) => { if (own.value && !event.isComposing) { open(own.value); own.value = ""; } };
      own.addEventListener("input", take);
      own.addEventListener("compositionend", take);
    } else opener.addEventListener("click", () => open());
  }
  let leaving = false;
  list.addEventListener("click", (event) => {
    if (!event.target.closest("a") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    leaving = true;
    dialog.close();
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { if (leaving) clearTimeout(waiting); else remember("", 0); leaving = false; });
  more.addEventListener("click", () => {
    const next = options().length;
    showMore();
    input.focus();
    choose(next);
  });
  input.addEventListener("input", (event) => { if (!event.isComposing) search(); });
  input.addEventListener("compositionend", search);
  input.addEventListener("keydown", (event) => {
    // Enter and arrows choose a candidate of the input method; Safari ends composing before it gives the key.
    if (event.isComposing || event.keyCode === 229) return;
    const count = options().length;
    const keys = {
      ArrowDown: () => { if (active === count - 1 && count < found.length) showMore(); choose((active + 1) % options().length); },
      ArrowUp: () => choose(active < 0 ? count - 1 : active - 1),
      Home: active < 0 ? undefined : () => choose(0),
      End: active < 0 ? undefined : () => choose(count - 1),
      Enter: () => options()[Math.max(active, 0)]?.click(),
      Escape: () => dialog.close(),
    };
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.addEventListener("keydown", (event) => {
    if (!["/", "／"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, select, textarea, dialog")) return;
    event.preventDefault();
    open();
  });
  const asked = home && new URLSearchParams(location.search).get("q");
  if (asked) open(asked);
})();
