// Tells the page that shows this one in a frame how high it is, once that page has asked. Nothing else needs a script, but
// that a print can name whole addresses of links: without it, it names them as they stand in the page.
(() => {
  "use strict";
  for (const link of document.links) link.dataset.address = link.href;
  if (parent === window) return;
  let asker = "";
  const tell = () => parent.postMessage({ yanxing: "height", height: Math.ceil(document.body.getBoundingClientRect().height) }, asker);
  addEventListener("message", (event) => {
    // An asker without an origin of its own (a file, a sandbox) cannot be answered alone, so it is not answered.
    if (event.source !== parent || event.origin === "null" || !event.data || event.data.yanxing !== "resize") return;
    const first = !asker;
    asker = event.origin;
    tell();
    if (first) new ResizeObserver(tell).observe(document.body);
  });
})();
