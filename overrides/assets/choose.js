// site/index.html: to the reader's own choice, else to the browser's language; without JavaScript the page is a choice.
(() => {
  "use strict";
  const offered = [...document.querySelectorAll("a[data-language]")].map((link) => link.dataset.language);
  let chosen = null;
  try { chosen = localStorage.getItem("yanxing-language"); } catch { /* private mode */ }
  const match = (tag) => {
    const code = tag.toLowerCase();
    if (/^zh\b/.test(code)) return /hant|^(?!.*hans).*-(tw|hk|mo)\b/.test(code) ? "zh-Hant" : "zh-Hans";
    return offered.find((one) => one === code.split("-")[0]);
  };
  const wanted = [chosen, ...navigator.languages.map(match)].find((code) => code && offered.includes(code));
  const link = document.querySelector(`a[data-language="${wanted ?? offered[0]}"]`);
  if (wanted) location.replace(link.href);
})();
