// <yanxing-commitment src="the site's address" id="a commitment or list" lang="zh-Hans | zh-Hant | en">: a card in a frame that
// is as high as its text. What stands inside the element, a link, is shown until the card has answered, and stays if it never
// does: blocked by a policy, unreachable, or asked for by a wrong id.
(() => {
  "use strict";
  if (!window.customElements || customElements.get("yanxing-commitment")) return;
  const LANGUAGES = ["LANGUAGES"];
  const REPORTS = { "REPORTS": "" }; // prefix of ids → report, the newest first
  const PATIENCE = 5000;
  const here = document.currentScript ? document.currentScript.src : "";

  const languageOf = (element) => {
    const tag = (element.closest("[lang]")?.getAttribute("lang") || "").toLowerCase();
    const wanted = /^zh-(hant|tw|hk|mo)/.test(tag) ? "zh-Hant" : /^zh/.test(tag) ? "zh-Hans" : tag.split("-")[0];
    return LANGUAGES.includes(wanted) ? wanted : LANGUAGES[0];
  };

  // The address of card and page; undefined for what is no address on the web or no name.
  const addresses = (element) => {
    const name = element.id;
    const prefixes = Object.keys(REPORTS).filter((one) => name.startsWith(one + "-")).sort((a, b) => b.length - a.length);
    const report = element.getAttribute("report") || REPORTS[prefixes[0]] || (name.startsWith("list-") && Object.values(REPORTS)[0]);
    if (!report || ![name, report].every((one) => /^[\w-]+$/.test(one))) return undefined;
    try {
      const site = new URL(element.getAttribute("src") || "../../", element.getAttribute("src") ? document.baseURI : here);
      if (!/^https?:$/.test(site.protocol)) return undefined;
      site.search = site.hash = "";
      if (!site.pathname.endsWith("/")) site.pathname += "/";
      const below = new URL(languageOf(element) + "/", site);
      const page = report + "/commitments/" + (name.startsWith("list-") ? "index" : name) + ".html";
      return { card: new URL(`embed/${report}/${name}.html`, below), page: new URL(page, below) };
    } catch { return undefined; }
  };

  customElements.define("yanxing-commitment", class extends HTMLElement {
    static get observedAttributes() { return ["src", "id", "lang", "report"]; }

    connectedCallback() {
      if (!this.shadowRoot) this.attachShadow({ mode: "open" });
      this.draw();
    }

    disconnectedCallback() { this.forget(); }

    attributeChangedCallback(name, before, after) { if (this.isConnected && this.shadowRoot && before !== after) this.draw(); }

    forget() {
      clearTimeout(this.waiting);
      if (this.hear) removeEventListener("message", this.hear);
      this.hear = undefined;
    }

    draw() {
      this.forget();
      const link = document.createElement("slot");
      this.shadowRoot.replaceChildren(link);
      const found = addresses(this);
      if (!found) return;
      const fallback = document.createElement("a"); // for an element with nothing inside
      fallback.href = found.page.href;
      fallback.rel = "noopener noreferrer";
      fallback.textContent = this.id;
      link.append(fallback);

      const frame = document.createElement("iframe");
      const title = () => { frame.title = this.textContent.trim() || this.id; };
      title();
      frame.loading = "lazy";
      frame.referrerPolicy = "no-referrer";
      // Set one by one: a policy that forbids inline styles allows these. Hidden, the frame is in nobody's way until it answers.
      Object.assign(frame.style, { display: "block", width: "100%", height: "1px", border: "0", visibility: "hidden" });
      frame.addEventListener("load", () => {
        title();
        clearTimeout(this.waiting);
        this.waiting = setTimeout(() => { this.forget(); frame.remove(); link.hidden = false; }, PATIENCE);
        frame.contentWindow.postMessage({ yanxing: "resize" }, found.card.origin);
      });
      this.hear = (event) => {
        if (event.origin !== found.card.origin || event.source !== frame.contentWindow) return;
        const height = event.data && event.data.yanxing === "height" ? Number(event.data.height) : 0;
        if (!(height > 0 && height < 20000)) return;
        clearTimeout(this.waiting);
        frame.style.height = Math.ceil(height) + "px";
        frame.style.visibility = "visible";
        link.hidden = true;
      };
      addEventListener("message", this.hear);
      frame.src = found.card.href;
      this.shadowRoot.append(frame);
    }
  });
})();
