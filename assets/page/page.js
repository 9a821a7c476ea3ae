// @ts-check
/* The script of an essay's page: covers, lightbox, comparing, slideshows; votes.js comes after it where there is something to vote on. Classic
   and deferred, because a page opened from a disk is refused modules. Without it
   the page still shows every photo; nothing here makes what the HTML lacks. */
(() => {
  "use strict";

  const html = document.documentElement;
  const backwards = getComputedStyle(html).direction === "rtl";
  /** @type {Record<string, string>} */
  const words = JSON.parse(document.getElementById("words")?.textContent || "{}");

  /** @param {string} key @param {Record<string, number|string>} [values] */
  function say(key, values = {}) {
    return (words[key] || "").replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag @param {Partial<HTMLElementTagNameMap[T]>} props @param {...(Node|string)} children
   */
  function make(tag, props, ...children) {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...children);
    return node;
  }

  /** What votes.js takes from here. */
  Object.assign(globalThis, { photodesk: { words, say, make } });

  /* ---- Covers: what a reader chose to see stays seen for the visit ---- */

  const coverOf = (/** @type {Element} */ figure) => figure.querySelector("details");
  const covered = (/** @type {Element} */ figure) => coverOf(figure)?.open === false;

  /** A button that uncovers all the essay's photos, where there are several. @param {() => void} [then] */
  function showAll(then) {
    const button = make("button", { type: "button", className: "cover-all", textContent: say("sensitive.all") });
    button.addEventListener("click", () => {
      const cover = button.parentElement?.querySelector("details");
      for (const d of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details.cover"))) d.open = true;
      cover?.querySelector("summary")?.focus();
      then?.();
    });
    return button;
  }

  const coveredAreMany = () => document.querySelectorAll("details.cover").length > 1;

  function covers() {
    const details = /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details.cover"));
    const key = (/** @type {Element} */ d) => `photodesk-shown:${document.getElementById("words")?.dataset.essay}/${d.closest("figure")?.id}`;
    for (const d of details) {
      try {
        d.open = sessionStorage.getItem(key(d)) === "1";
      } catch { /* Refused: covers are as the page was loaded. */ }
      d.addEventListener("toggle", () => {
        try {
          if (d.open) sessionStorage.setItem(key(d), "1");
          else sessionStorage.removeItem(key(d));
        } catch { /* Then the choice lasts as long as the page. */ }
      });
      if (coveredAreMany()) d.after(showAll());
    }
  }

  /* ---- Lightbox: one dialog over the page's own photos ---- */

  function lightbox() {
    const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("lightbox"));
    const figures = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("figure[data-photo]")]);
    if (!dialog || !dialog.showModal || figures.length === 0) return;

    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (dialog.querySelector(`[data-${name}]`));
    const [stage, count, caption, credit] = ["stage", "count", "caption", "credit"].map(part);
    const link = (/** @type {number} */ i) => /** @type {HTMLAnchorElement} */ (figures[i].querySelector("a.frame"));
    const zoomButton = /** @type {HTMLElement} */ (dialog.querySelector("[data-zoom]"));
    const zoomed = () => dialog.classList.contains("zoomed");

    let at = 0;
    let shown = false;
    /** Whether the entry of the browser's history that shows the photo is ours to go back from. */
    let pushed = false;
    /** @type {HTMLElement|null} */
    let opener = null;
    /** Neighbours, held so that they stay loaded. @type {HTMLElement[]} */
    let ahead = [];

    /** A sandboxed frame may refuse. @param {"pushState"|"replaceState"} how @param {string} address */
    function remember(how, address) {
      try {
        history[how](address.startsWith("#") ? { lightbox: true } : null, "", address);
        return true;
      } catch {
        return false;
      }
    }

    /** The page's own photo again, in the size of the stage. @param {number} i */
    function picture(i) {
      const copy = /** @type {HTMLElement} */ (link(i).querySelector("picture")?.cloneNode(true));
      const img = /** @type {HTMLImageElement} */ (copy.querySelector("img"));
      const ratio = img.width / img.height || 1;
      const sizes = `${Math.ceil(Math.min(innerWidth, innerHeight * ratio))}px`;
      img.loading = "eager";
      for (const source of copy.querySelectorAll("source, img")) source.setAttribute("sizes", sizes);
      img.draggable = false;
      img.addEventListener("error", () => {
        if (copy.isConnected) stage.replaceChildren(make("p", { className: "lightbox-failed", textContent: say("lightbox.failed") }));
      });
      return copy;
    }

    /** What stands in for a covered photo until the reader chooses. @param {number} i */
    function curtain(i) {
      const show = make("button", { type: "button", className: "cover-button", textContent: say("sensitive.show") });
      const uncovered = () => {
        display(i);
        stage.focus();
      };
      show.addEventListener("click", () => {
        /** @type {HTMLDetailsElement} */ (coverOf(figures[i])).open = true;
        uncovered();
      });
      const why = figures[i].querySelector(".cover-why")?.textContent || "";
      return make("div", { className: "lightbox-cover" }, make("b", { textContent: say("sensitive") }), make("span", { textContent: why }), show,
        ...(coveredAreMany() ? [showAll(uncovered)] : []));
    }

    /**
     * Shows the photo as large as its largest file is sharp, or whole again.
     * @param {boolean} on @param {number} [x] what is to be in the middle, from 0 to 1 @param {number} [y]
     */
    function zoom(on, x = 0.5, y = 0.5) {
      const img = stage.querySelector("img");
      on &&= Boolean(img);
      dialog.classList.toggle("zoomed", on);
      zoomButton.setAttribute("aria-pressed", String(on));
      zoomButton.hidden = !img;
      if (!img) return;
      const ratio = img.width / img.height || 1;
      const whole = Math.min(stage.clientWidth, stage.clientHeight * ratio);
      const sharp = Math.max(...(img.srcset.match(/\d+(?=w)/g) || []).map(Number)) / devicePixelRatio;
      const width = on ? Math.max(1.5 * whole, sharp) : whole;
      for (const source of stage.querySelectorAll("source, img")) source.setAttribute("sizes", Math.ceil(width) + "px");
      img.style.width = on ? width + "px" : "";
      if (on) stage.scrollTo({ left: x * width - stage.clientWidth / 2, top: (y * width) / ratio - stage.clientHeight / 2, behavior: "instant" });
    }

    /** @param {number} i */
    function display(i) {
      at = i;
      const text = (/** @type {string} */ selector) => figures[i].querySelector(selector)?.textContent || "";
      stage.replaceChildren(covered(figures[i]) ? curtain(i) : picture(i));
      zoom(false);
      count.textContent = say("lightbox.count", { n: i + 1, total: figures.length });
      caption.textContent = text("figcaption .caption");
      credit.textContent = text("figcaption .credit");
      for (const button of dialog.querySelectorAll("[data-go]")) {
        const to = i + Number(button.getAttribute("data-go"));
        // Not disabled: a button that is would lose the focus it has.
        button.setAttribute("aria-disabled", String(to < 0 || to >= figures.length));
      }
      ahead = [i + 1, i - 1].filter((n) => n >= 0 && n < figures.length && !covered(figures[n])).map(picture);
    }

    /** @param {number} i */
    function go(i) {
      if (i < 0 || i >= figures.length || i === at) return;
      display(i);
      remember("replaceState", "#" + figures[i].id);
    }

    /** @param {number} i @param {HTMLElement|null} from */
    function open(i, from) {
      opener = from || (covered(figures[i]) ? figures[i].querySelector("summary") : link(i));
      shown = true;
      if (!dialog.open) dialog.showModal();
      display(i);
      // Not a button: the Enter that opened would go on to press it.
      stage.focus();
    }

    /** Leaves the page as it was: no entry of ours in the history, the focus where it came from. */
    function shut() {
      if (!shown) return;
      shown = false;
      if (dialog.open) dialog.close();
      stage.replaceChildren();
      ahead = [];
      if (pushed) history.back();
      else if (location.hash) remember("replaceState", location.pathname + location.search);
      pushed = false;
      opener?.focus({ preventScroll: true });
    }

    /** Follows the address: a deep link, a link in the page, Back and Forward. */
    function follow() {
      const i = figures.findIndex((f) => location.hash === "#" + f.id);
      if (i < 0) {
        pushed = false;
        shut();
      } else if (!shown) {
        pushed = true;
        remember("replaceState", location.hash);
        open(i, null);
        requestAnimationFrame(() => stage.focus());
      } else if (i !== at) {
        display(i);
      }
    }

    document.addEventListener("click", (event) => {
      const a = event.target instanceof Element ? event.target.closest("a.frame") : null;
      const i = figures.findIndex((f) => a && f.contains(a));
      if (i < 0 || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      pushed = remember("pushState", "#" + figures[i].id);
      open(i, /** @type {HTMLElement} */ (a));
    });

    dialog.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button") : null;
      if (button?.hasAttribute("data-close")) shut();
      if (button?.hasAttribute("data-go")) go(at + Number(button.getAttribute("data-go")));
      if (button?.hasAttribute("data-zoom")) zoom(!zoomed());
    });

    // On the document: going to a fragment takes the focus out of the dialog again.
    document.addEventListener("keydown", (event) => {
      if (!shown || event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.key === "+" || event.key === "-") zoom(event.key === "+");
      if (zoomed()) return; // the keys move within the photo
      const forward = backwards ? "ArrowLeft" : "ArrowRight";
      const back = backwards ? "ArrowRight" : "ArrowLeft";
      const to = { [forward]: at + 1, [back]: at - 1, Home: 0, End: figures.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      go(to);
    });

    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      shut();
    });
    // A browser may close a dialog without asking; the event comes late, so look again.
    dialog.addEventListener("close", () => { if (!dialog.open) shut(); });

    /* A swipe is a mostly level move of one finger; two are the browser's zoom. A mouse moves within a large photo, and its
       click makes it large or whole. */
    /** @type {PointerEvent|null} */
    let down = null;
    let from = { left: 0, top: 0 };
    stage.addEventListener("pointerdown", (event) => {
      down = event.isPrimary && !event.button ? event : null;
      from = { left: stage.scrollLeft, top: stage.scrollTop };
    });
    stage.addEventListener("pointercancel", () => { down = null; });
    stage.addEventListener("pointermove", (event) => {
      if (!down || event.pointerType !== "mouse" || !zoomed()) return;
      stage.scrollTo({ left: from.left - event.clientX + down.clientX, top: from.top - event.clientY + down.clientY, behavior: "instant" });
    });
    stage.addEventListener("pointerup", (event) => {
      if (!down || event.pointerId !== down.pointerId) return;
      const x = event.clientX - down.clientX;
      const y = event.clientY - down.clientY;
      down = null;
      const img = stage.querySelector("img");
      if (event.pointerType === "mouse") {
        if (Math.abs(x) + Math.abs(y) > 5 || event.target !== img || !img) return;
        const box = img.getBoundingClientRect();
        const ratio = img.width / img.height || 1;
        // Around a whole photo the element has room of its own.
        const [w, h] = [Math.min(box.width, box.height * ratio), Math.min(box.height, box.width / ratio)];
        const within = (/** @type {number} */ v) => Math.min(Math.max(v, 0), 1);
        zoom(!zoomed(), within((event.clientX - box.left - (box.width - w) / 2) / w), within((event.clientY - box.top - (box.height - h) / 2) / h));
      } else if (!zoomed() && Math.abs(x) > 40 && Math.abs(x) > 2 * Math.abs(y)) go(at + (x < 0 !== backwards ? 1 : -1));
    });

    addEventListener("popstate", follow);
    addEventListener("hashchange", follow);
    follow();
    // A page that was loaded at a photo has no entry of its own to go back to.
    pushed = false;
  }

  /* ---- Compare: the range moves the edge between two photos ---- */

  function compares() {
    for (const range of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(".compare-at"))) {
      const move = () => range.parentElement?.style.setProperty("--at", range.value + "%");
      range.addEventListener("input", move);
      move();
    }
  }

  /* ---- Slideshows scroll by themselves; two buttons help those with a mouse ---- */

  function slideshows() {
    for (const show of document.querySelectorAll(".slideshow")) {
      const track = /** @type {HTMLElement} */ (show.querySelector(".track"));
      const step = (/** @type {number} */ way, /** @type {string} */ side) => {
        const button = make("button", { type: "button", className: "slide-button " + side });
        button.setAttribute("aria-label", say("lightbox." + side));
        button.addEventListener("click", () => {
          track.scrollBy({ left: way * (backwards ? -1 : 1) * track.clientWidth * 0.8 });
        });
        return button;
      };
      const previous = step(-1, "previous");
      const next = step(1, "next");
      const update = () => {
        const x = Math.abs(track.scrollLeft);
        previous.setAttribute("aria-disabled", String(x < 2));
        next.setAttribute("aria-disabled", String(x > track.scrollWidth - track.clientWidth - 2));
      };
      track.addEventListener("scroll", update, { passive: true });
      addEventListener("resize", update);
      show.append(previous, next);
      update();
    }
  }

  /* ---- Embed: tells the page around it how high it is ---- */

  function embed() {
    if (!html.classList.contains("embed") || parent === window) return;
    const tell = () => parent.postMessage({ photodesk: "height", height: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
    new ResizeObserver(tell).observe(document.body);
  }

  covers();
  compares();
  slideshows();
  lightbox();
  embed();
})();
