// Code to copy: this site's real address where the code has a placeholder for it, the fragment without styles, and buttons.
(() => {
  "use strict";
  const { copies } = globalThis.yanxing;
  const site = new URL((document.documentElement.dataset.base || ".") + "/../", location.href);
  const UNKNOWN = "https://site.example/yanxing/", PATH = "/yanxing/"; // as in scripts/embed/snippets.py
  const online = /^https?:$/.test(site.protocol);
  for (const place of document.querySelectorAll("[data-code]")) {
    for (const code of online ? place.querySelectorAll("code") : []) {
      code.textContent = code.textContent.replaceAll(UNKNOWN, site.href).replaceAll(`virtual="${PATH}`, `virtual="${site.pathname}`);
    }

    // The fragment without styles is the one with them, less its style attributes. They are looked for inside tags only,
    // since a commitment may speak of style="…"; in text and values < and > are escaped.
    const bare = place.querySelector("[data-bare]");
    const styled = [...place.querySelectorAll("details")].find((one) => one.querySelector("code").textContent.startsWith("<article"));
    if (bare && styled) {
      const own = styled.cloneNode(true);
      const code = own.querySelector("code");
      own.querySelector("summary").textContent = bare.textContent;
      code.textContent = code.textContent.replace(/<[^>]*>/g, (tag) => tag.replace(/ style="[^"]*"/, ""));
      styled.after(own);
    }

    for (const details of place.querySelectorAll("details")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "tool";
      button.textContent = place.dataset.code;
      details.append(button);
      copies(button, details.querySelector("code"));
    }
  }
})();
