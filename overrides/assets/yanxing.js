// Everything here is an addition: reading, the index and all links work without it.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* private mode: not remembered */ } },
  };

  // The header's tools: they need this script, so it makes them. Words and icons come from words.js.
  const { words, icons } = globalThis.yanxingWords;
  const tools = document.querySelector(".tools");
  const tool = (name, icon, label, shown) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tool";
    button.toggleAttribute("data-" + name, true);
    button.innerHTML = icon;
    if (shown) button.append(Object.assign(document.createElement("span"), { textContent: label }));
    else { button.title = label; button.setAttribute("aria-label", label); }
    return button;
  };
  const searching = tool("search-open", icons.search, words.search, true);
  searching.setAttribute("aria-haspopup", "dialog");
  tools?.prepend(searching);
  const elder = tool("elder-toggle", icons.elder, words.elder);
  const dark = tool("theme-toggle", icons.dark, words.dark);
  tools?.append(elder, dark);

  // Dark mode: the system's choice until the reader makes one.
  const theme = store.get("yanxing-theme");
  if (theme) root.dataset.theme = theme;
  dark.addEventListener("click", () => {
    const now = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = now ? "light" : "dark";
    store.set("yanxing-theme", root.dataset.theme);
  });

  // Large text for older readers, remembered.
  if (store.get("yanxing-elder")) root.dataset.elder = "";
  const sayElder = () => elder.setAttribute("aria-pressed", String("elder" in root.dataset));
  elder.addEventListener("click", () => {
    if ("elder" in root.dataset) delete root.dataset.elder; else root.dataset.elder = "";
    store.set("yanxing-elder", "elder" in root.dataset ? "1" : "");
    sayElder();
  });
  sayElder();

  // Copying. A page has a clipboard only over https or on this machine; on an intranet's http there is still the older
  // command, which copies what is selected. Where even that is refused, the text stays selected and the button says so.
  const select = (element) => {
    if (element.select) { element.focus({ preventScroll: true }); element.select(); } else getSelection().selectAllChildren(element);
  };
  const written = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { return false; }
  };
  // What is copied is an element's text, or what a function gives: that is shown in a field where it has to be selected.
  const copies = (button, what) => {
    const words = button.textContent;
    const { done, selected } = button.closest("[data-done]").dataset;
    let field, waiting;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      const text = typeof what === "function" ? what() : what.textContent;
      let copied = await written(text);
      if (!copied) {
        let shown = what;
        if (typeof what === "function") {
          field ??= Object.assign(document.createElement("input"), { className: "copied", readOnly: true });
          field.setAttribute("aria-label", words);
          field.value = text;
          button.after(field);
          shown = field;
        }
        select(shown);
        try { copied = document.execCommand("copy"); } catch { /* not known: the reader copies */ }
        if (copied) { getSelection().removeAllRanges(); field?.remove(); button.focus({ preventScroll: true }); }
      }
      if (copied) field?.remove();
      button.textContent = copied ? done : selected;
      clearTimeout(waiting);
      waiting = setTimeout(() => { button.textContent = words; }, copied ? 2500 : 9000);
    });
  };
  globalThis.yanxing = Object.assign(globalThis.yanxing ?? {}, { copies });

  // Citing: today as the day of access, this page's address where the site has one, and a button that copies it.
  for (const one of document.querySelectorAll("[data-today]")) one.textContent = new Date().toLocaleDateString("sv");
  const online = location.protocol.startsWith("http") ? location.href.split(/[?#]/)[0] : "";
  for (const one of document.querySelectorAll("[data-address]")) if (online) one.textContent = online;
  for (const button of document.querySelectorAll("[data-copy-link]")) copies(button, () => location.href.split("?")[0]);

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
  for (const link of document.querySelectorAll(".languages a")) {
    link.addEventListener("click", () => {
      store.set("yanxing-language", link.hreflang);
      const id = named() || paragraphInView();
      link.href = link.href.split(/[?#]/)[0] + location.search + (id ? "#" + id : "");
    });
  }

  // A long table of contents starts closed on a phone.
  const contents = document.querySelector("[data-contents]");
  if (contents && matchMedia("(max-width: 60rem)").matches) contents.open = false;

  // What has a tip shows it on hover and focus: a term its explanation, a commitment its card. A term's first tap shows it,
  // too; Enter or a second tap opens the glossary.
  const tipped = document.querySelectorAll("a[data-tip]");
  if (tipped.length) {
    const tip = document.createElement("div");
    tip.className = "tip";
    tip.id = "tip";
    tip.setAttribute("role", "tooltip");
    tip.hidden = true;
    document.querySelector("main").append(tip);
    let shown, coming, leaving;
    const hide = () => { clearTimeout(coming); tip.hidden = true; shown?.removeAttribute("aria-describedby"); shown = undefined; };
    const show = (owner) => {
      clearTimeout(leaving);
      if (shown === owner) return;
      hide();
      shown = owner;
      tip.replaceChildren(...owner.dataset.tip.split("\n").map((line) => {
        const one = document.createElement("p");
        one.textContent = line;
        return one;
      }));
      tip.classList.toggle("card", !owner.matches(".term"));
      tip.hidden = false;
      owner.setAttribute("aria-describedby", tip.id);
      const box = owner.getClientRects()[0];
      const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8));
      const above = box.bottom + tip.offsetHeight + 8 > innerHeight && box.top > tip.offsetHeight + 8;
      tip.style.left = scrollX + left + "px";
      tip.style.top = scrollY + (above ? box.top - tip.offsetHeight - 6 : box.bottom + 6) + "px";
    };
    const leave = () => { clearTimeout(leaving); leaving = setTimeout(hide, 250); };
    tip.addEventListener("pointerenter", () => clearTimeout(leaving));
    tip.addEventListener("pointerleave", leave);
    for (const term of tipped) {
      let before;
      term.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") { clearTimeout(leaving); coming = setTimeout(() => show(term), 120); } });
      term.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") { clearTimeout(coming); leave(); } });
      term.addEventListener("pointerdown", (event) => { before = event.pointerType === "mouse" ? term : shown; });
      term.addEventListener("focus", () => show(term));
      term.addEventListener("blur", leave);
      if (term.matches(".term")) term.addEventListener("click", (event) => {
        if (before === term || event.detail === 0) return; // a mouse, a second tap, or the keyboard: follow the link
        event.preventDefault();
        show(term);
      });
    }
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
    document.addEventListener("pointerdown", (event) => { if (!event.target.closest?.("[data-tip], .tip")) hide(); });
  }
})();
