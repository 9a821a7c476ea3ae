// @ts-check
/* The script of an essay's page: lightbox, votes, comparing, slideshows. Classic
   and deferred, because a page opened from a disk is refused modules. Without it
   the page still shows every photo; nothing here makes what the HTML lacks. */
(() => {
  "use strict";

  const html = document.documentElement;
  const backwards = getComputedStyle(html).direction === "rtl";
  /** @type {Record<string, string>} */
  const words = JSON.parse(document.getElementById("words")?.textContent || "{}");

  /** @param {string} key @param {Record<string, number>} [values] */
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

  /* ---- Lightbox: one dialog over the page's own photos ---- */

  function lightbox() {
    const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("lightbox"));
    const figures = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("figure[data-photo]")]);
    if (!dialog || !dialog.showModal || figures.length === 0) return;

    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (dialog.querySelector(`[data-${name}]`));
    const [stage, count, caption, credit] = ["stage", "count", "caption", "credit"].map(part);
    const link = (/** @type {number} */ i) => /** @type {HTMLAnchorElement} */ (figures[i].querySelector("a.frame"));
    const cover = (/** @type {number} */ i) => figures[i].querySelector("details");
    const covered = (/** @type {number} */ i) => cover(i)?.open === false;

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
      show.addEventListener("click", () => {
        /** @type {HTMLDetailsElement} */ (cover(i)).open = true;
        display(i);
        stage.focus();
      });
      return make("div", { className: "lightbox-cover" },
        make("b", { textContent: say("sensitive") }), make("span", { textContent: say("sensitive.why") }), show);
    }

    /** @param {number} i */
    function display(i) {
      at = i;
      const text = (/** @type {string} */ selector) => figures[i].querySelector(selector)?.textContent || "";
      stage.replaceChildren(covered(i) ? curtain(i) : picture(i));
      count.textContent = say("lightbox.count", { n: i + 1, total: figures.length });
      caption.textContent = text("figcaption .caption");
      credit.textContent = text("figcaption .credit");
      for (const button of dialog.querySelectorAll("[data-go]")) {
        const to = i + Number(button.getAttribute("data-go"));
        // Not disabled: a button that is would lose the focus it has.
        button.setAttribute("aria-disabled", String(to < 0 || to >= figures.length));
      }
      ahead = [i + 1, i - 1].filter((n) => n >= 0 && n < figures.length && !covered(n)).map(picture);
    }

    /** @param {number} i */
    function go(i) {
      if (i < 0 || i >= figures.length || i === at) return;
      display(i);
      remember("replaceState", "#" + figures[i].id);
    }

    /** @param {number} i @param {HTMLElement|null} from */
    function open(i, from) {
      opener = from || (covered(i) ? figures[i].querySelector("summary") : link(i));
      shown = true;
      display(i);
      if (!dialog.open) dialog.showModal();
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
    });

    dialog.addEventListener("keydown", (event) => {
      if (event.metaKey || event.ctrlKey || event.altKey) return;
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

    /* A swipe is a mostly level move of one finger; two are the browser's zoom. */
    /** @type {PointerEvent|null} */
    let down = null;
    stage.addEventListener("pointerdown", (event) => { down = event.isPrimary ? event : null; });
    stage.addEventListener("pointercancel", () => { down = null; });
    stage.addEventListener("pointerup", (event) => {
      if (!down || event.pointerId !== down.pointerId || event.pointerType === "mouse") return;
      const x = event.clientX - down.clientX;
      const y = event.clientY - down.clientY;
      down = null;
      if (Math.abs(x) > 40 && Math.abs(x) > 2 * Math.abs(y)) go(at + (x < 0 !== backwards ? 1 : -1));
    });

    addEventListener("popstate", follow);
    addEventListener("hashchange", follow);
    follow();
    // A page that was loaded at a photo has no entry of its own to go back to.
    pushed = false;
  }

  /* ---- Votes: kept on this device, one for each subject ---- */

  /** @typedef {"up"|"down"|null} Vote */

  /** Votes in localStorage, or in memory where that throws (private windows, sandboxed frames). */
  function ballot() {
    const memory = new Map();
    const key = (/** @type {string} */ subject) => "photodesk-vote:" + subject;
    const box = {
      lasting: true,
      /** @param {string} subject @returns {Vote} */
      get(subject) {
        let value = memory.get(subject);
        if (box.lasting) {
          try {
            value = localStorage.getItem(key(subject));
          } catch {
            box.lasting = false;
          }
        }
        return value === "up" || value === "down" ? value : null;
      },
      /** @param {string} subject @param {Vote} vote */
      set(subject, vote) {
        memory.set(subject, vote);
        try {
          if (vote) localStorage.setItem(key(subject), vote);
          else localStorage.removeItem(key(subject));
        } catch {
          box.lasting = false;
        }
      },
    };
    try {
      localStorage.setItem("photodesk-probe", "1");
      localStorage.removeItem("photodesk-probe");
    } catch {
      box.lasting = false;
    }
    return box;
  }

  /** Counts and percentages of the total; the two percentages make 100. @param {number} ups @param {number} downs */
  function tally(ups, downs) {
    const total = ups + downs;
    const percent = total ? Math.round((100 * ups) / total) : 0;
    return { points: ups - downs, total, ups, downs, percent, rest: total ? 100 - percent : 0 };
  }

  function votes() {
    const forms = /** @type {HTMLFormElement[]} */ ([...document.querySelectorAll("form[data-vote]")]);
    if (forms.length === 0) return;
    const box = ballot();
    const subject = (/** @type {HTMLFormElement} */ form) => form.dataset.vote || "";

    /** @param {HTMLFormElement} form */
    function draw(form) {
      const mine = box.get(subject(form));
      const t = tally(Number(mine === "up"), Number(mine === "down"));
      const put = (/** @type {string} */ name, /** @type {string|number} */ value) => {
        const node = form.querySelector(`[data-tally="${name}"]`);
        if (node) node.textContent = String(value).replace("-", "\u2212");
      };
      put("points", t.points);
      put("total", t.total);
      put("ups", t.ups);
      put("downs", t.downs);
      put("ups-percent", t.percent + "%");
      put("downs-percent", t.rest + "%");
      form.style.setProperty("--ups", t.percent + "%");
      form.classList.toggle("voted", t.total > 0);
      for (const button of form.querySelectorAll("button")) {
        button.disabled = false;
        button.setAttribute("aria-pressed", String(button.value === mine));
      }
      const note = form.querySelector("[data-note]");
      if (note && !box.lasting) note.textContent = say("vote.memory");
      return t;
    }

    for (const form of forms) {
      draw(form);
      // The click, not the submit: a frame without allow-forms sends no submit.
      form.addEventListener("click", (event) => {
        const button = event.target instanceof Element ? event.target.closest("button") : null;
        if (!button) return;
        event.preventDefault();
        const value = /** @type {Vote} */ (button.value);
        const mine = box.get(subject(form)) === value ? null : value;
        box.set(subject(form), mine);
        for (const same of forms) if (subject(same) === subject(form)) draw(same);
        const said = form.querySelector("[data-said]");
        if (said) said.textContent = say("vote.said." + (mine || "none"), { points: draw(form).points });
      });
    }
    // Another tab with the same essay.
    addEventListener("storage", () => forms.forEach(draw));
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

  votes();
  compares();
  slideshows();
  lightbox();
})();
