// Code to copy: buttons, and this site's real address where the code has a placeholder for it.
(() => {
  "use strict";
  const site = new URL((document.documentElement.dataset.base || ".") + "/../", location.href);
  if (/^https?:$/.test(site.protocol)) {
    for (const one of document.querySelectorAll("[data-site]")) one.textContent = site.href;
    for (const one of document.querySelectorAll("[data-site-path]")) one.textContent = site.pathname;
  }
  for (const button of document.querySelectorAll("[data-copy-code]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    const words = button.textContent;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.closest(".snippet").querySelector("code").textContent);
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; }, 2500);
    });
  }
})();
