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

  /* ---- Votes: the widget, wherever it is counted ---- */

  /** @typedef {-1|0|1} Vote */
  /**
   * @typedef {object} Tally
   * @property {number} up @property {number} down @property {Vote|null} mine
   * @property {boolean} [hidden] the rules keep the counts from this reader
   * @property {string} [no] why they take no vote of this reader now: words' key without "vote.no."
   */

  const format = (/** @type {Intl.NumberFormatOptions} */ options) => new Intl.NumberFormat(words.lang, options);
  const part = (/** @type {HTMLElement} */ form, /** @type {string} */ name) => /** @type {HTMLElement} */ (form.querySelector(`[data-${name}]`));
  const buttons = (/** @type {HTMLElement} */ form) => /** @type {HTMLButtonElement[]} */ ([...form.querySelectorAll(".vote-button")]);

  /** Counts, and percentages of the total that make 100 together; dashes for what is hidden. @param {HTMLElement} form @param {Tally} tally */
  function show(form, { up, down, mine, hidden }) {
    const total = hidden ? 0 : up + down;
    const percent = total ? Math.round((100 * up) / total) : 0;
    const write = (/** @type {number} */ n) => (hidden ? "\u2013" : format({}).format(n).replace("-", "\u2212"));
    /** @type {Record<string, string>} */
    const texts = {
      points: write(up - down),
      total: write(total),
      ups: write(up),
      downs: write(down),
      "ups-percent": hidden ? "" : percent + "%",
      "downs-percent": hidden ? "" : (total ? 100 - percent : 0) + "%",
    };
    // Where there are no downvotes the widget has points and total alone.
    for (const node of form.querySelectorAll("[data-tally]")) node.textContent = texts[node.getAttribute("data-tally") || ""];
    form.style.setProperty("--ups", percent + "%");
    form.classList.toggle("voted", total > 0);
    for (const button of buttons(form)) button.setAttribute("aria-pressed", String(Number(button.value) === mine));
  }

  /** Whether votes are taken now, by the reader's clock: "", "early" or "closed". @param {HTMLElement} form */
  function shut({ dataset: { opens, closes } }) {
    const now = Date.now();
    return now >= Date.parse(closes || "") ? "closed" : now < Date.parse(opens || "") ? "early" : "";
  }

  /** Whether the results wait for the reader's vote. @param {HTMLElement} form @param {Vote|null} mine @param {string} no */
  const hides = (form, mine, no) => "hidden" in form.dataset && !mine && no !== "closed";

  /** Calls back when votes open and when they close, as long as the page is open. @param {HTMLElement} form @param {() => void} then */
  function atTurns(form, then) {
    const { opens, closes } = form.dataset;
    const waits = [opens, closes].map((at) => Date.parse(at || "") - Date.now()).filter((wait) => wait > 0);
    if (waits.length === 0) return;
    const wait = Math.min(...waits);
    // A timer can't be set for longer than a browser counts.
    setTimeout(() => {
      if (wait < 1e9) then();
      atTurns(form, then);
    }, Math.min(wait, 1e9) + 50);
  }

  /** Tells those who can't see it. @param {HTMLElement} form @param {string} text */
  function announce(form, text) {
    part(form, "said").textContent = text;
  }

  /** @param {HTMLElement} form @param {Tally} tally */
  function announceVote(form, { up, down, mine, hidden }) {
    const key = hidden ? "hidden" : mine === 1 ? "up" : mine ? "down" : "none";
    announce(form, say("vote.said." + key, { points: up - down }));
  }

  /** The same button takes the vote back, the other one switches it. @param {Vote|null|undefined} mine @param {Vote} button */
  const pressed = (mine, button) => (mine === button ? 0 : button);

  function votes() {
    const forms = /** @type {HTMLFormElement[]} */ ([...document.querySelectorAll("form[data-vote]")]);
    const base = document.getElementById("words")?.dataset.service;
    if (forms.length === 0) return;
    const vote = base ? votesAtService(forms, base) : votesOnDevice(forms);
    for (const form of forms) {
      // The click, not the submit: a frame without allow-forms sends no submit.
      form.addEventListener("click", (event) => {
        const button = event.target instanceof Element ? event.target.closest(".vote-button") : null;
        if (!(button instanceof HTMLButtonElement)) return;
        event.preventDefault();
        vote(form, button);
      });
    }
  }

  /* ---- Votes on this device: one for each subject, in localStorage ---- */

  /** Votes in localStorage, or in memory where that throws (private windows, sandboxed frames). */
  function ballot() {
    const memory = new Map();
    const key = (/** @type {string|undefined} */ subject) => "photodesk-vote:" + subject;
    const box = {
      lasting: true,
      /** @param {string|undefined} subject @returns {Vote} */
      get(subject) {
        /** @type {any} */
        let value = memory.get(subject);
        if (box.lasting) {
          try {
            value = localStorage.getItem(key(subject));
          } catch {
            box.lasting = false;
          }
        }
        return value == 1 ? 1 : value == -1 ? -1 : 0;
      },
      /** @param {string|undefined} subject @param {Vote} vote */
      set(subject, vote) {
        memory.set(subject, vote);
        try {
          if (vote) localStorage.setItem(key(subject), String(vote));
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

  /** @param {HTMLFormElement[]} forms */
  function votesOnDevice(forms) {
    const box = ballot();
    const device = part(forms[0], "note").textContent || "";

    /** @param {HTMLFormElement} form */
    function draw(form) {
      const mine = box.get(form.dataset.vote);
      const no = shut(form);
      const hidden = hides(form, mine, no);
      const tally = { up: Number(mine === 1), down: Number(mine === -1), mine, hidden };
      show(form, tally);
      for (const button of buttons(form)) button.disabled = no !== "";
      const why = no ? say(no === "closed" ? "vote.ended" : "vote.no.early") : hidden ? say("vote.hidden") : "";
      part(form, "note").textContent = `${why} ${box.lasting ? device : say("vote.memory")}`.trim();
      return tally;
    }

    const drawAll = () => forms.forEach(draw);
    // Another tab with the same essay.
    addEventListener("storage", drawAll);
    drawAll();
    atTurns(forms[0], drawAll);

    return (/** @type {HTMLFormElement} */ form, /** @type {HTMLButtonElement} */ button) => {
      const { vote } = form.dataset;
      if (shut(form)) return void drawAll();
      box.set(vote, pressed(box.get(vote), /** @type {Vote} */ (Number(button.value))));
      drawAll();
      announceVote(form, draw(form));
    };
  }

  /* ---- Votes at a service: what it answered is what is shown ---- */

  /**
   * @typedef {object} Failure
   * @property {string} wrong what is, as words' key without "vote."
   * @property {number} [wait] the seconds until it may be right
   * @property {string} [no] which of the essay's rules takes no such vote
   * @property {{ challenge: string, bits: number }} [work] what has to be worked first
   */

  /** @param {HTMLFormElement[]} forms @param {string} base */
  function votesAtService(forms, base) {
    const subject = (/** @type {HTMLFormElement} */ form) => form.dataset.subject || "";
    const subjects = [...new Set(forms.map(subject))];
    const initial = part(forms[0], "note").textContent || "";
    const retryLabel = part(forms[0], "retry").textContent || "";
    // Opened from a disk or in a sandboxed frame: counts can be read there, votes can't be sent.
    const nowhere = origin === "null";
    /** @type {Map<string, Tally>} */
    const counted = new Map();
    /** @type {Set<string>} */
    const sending = new Set();
    /** Subjects voted on since the last reading was asked for, whose tallies it may not know. @type {Set<string>} */
    const newer = new Set();
    /** @type {Map<string, number>} */
    const timers = new Map();
    let loading = false;
    let unread = false;
    let who = "";

    /** A photo may be placed twice. @param {string} s @param {(form: HTMLFormElement) => void} change */
    function each(s, change) {
      for (const form of forms) if (subject(form) === s) change(form);
    }

    /** A tally out of an answer, or nothing where it is none. @param {any} t @returns {Tally|undefined} */
    function tallyOf(t) {
      const { up, down, mine, hidden = false, no = "" } = t || {};
      if (hidden) return { up: 0, down: 0, mine, hidden, no };
      return [up, down].every((n) => Number.isInteger(n) && n >= 0) ? { up, down, mine, hidden, no } : undefined;
    }

    /** What names the reader where the service's cookies are blocked: the page keeps it, and gives it where nothing else does. @param {string} [name] */
    function voter(name) {
      const key = "photodesk-voter:" + base;
      try {
        if (name) localStorage.setItem(key, name);
        return localStorage.getItem(key) || "";
      } catch {
        return name || "";
      }
    }

    /**
     * What a protected essay asks a browser for, once: a number that makes a hash begin with zeros. In slices, between which
     * the page is drawn and its reader heard.
     * @param {{ challenge: string, bits: number }} asked @param {() => boolean} stopped
     */
    async function work({ challenge, bits }, stopped) {
      const encoder = new TextEncoder();
      for (let n = 0; !stopped(); ) {
        const texts = Array.from({ length: 500 }, () => challenge + "." + n++);
        const sums = await Promise.all(texts.map((text) => crypto.subtle.digest("SHA-256", encoder.encode(text))));
        const i = sums.findIndex((sum) => Math.clz32(new DataView(sum).getUint32(0)) >= bits);
        if (i >= 0) return texts[i];
        await new Promise((next) => setTimeout(next));
      }
      return "";
    }

    /** @param {string} path @param {RequestInit} options @param {string} wrong @returns {Promise<any>} the answer; throws a Failure */
    async function ask(path, options, wrong) {
      let answer;
      let body;
      try {
        answer = await fetch(base + path, {
          ...options,
          headers: { ...options.headers, ...(who && { "X-Photodesk-Voter": who }) },
          credentials: nowhere ? "omit" : "include",
          cache: "no-cache",
          signal: AbortSignal.timeout?.(15000),
        });
        const name = answer.headers.get("X-Photodesk-Voter");
        if (name) who = voter(name);
        body = await answer.json();
        if (answer.ok) return body;
      } catch {
        if (!answer || answer.ok) throw { wrong: navigator.onLine ? wrong : "offline." + wrong };
      }
      const { status } = answer;
      if (status === 428 && body?.challenge) throw { wrong, work: body };
      if (status === 403 && words["vote.no." + body?.code]) throw { wrong: "no." + body.code, no: body.code };
      const wait = Number(answer.headers.get("Retry-After"));
      if (wait > 0 && (status === 429 || status === 503)) throw { wrong: status === 429 ? "limited" : "busy", wait };
      throw { wrong: wrong === "uncounted" && status < 500 ? "refused" : wrong };
    }

    /**
     * The line under the widget, and with again a button, which tries again unless it has another label.
     * @param {string} s @param {string|Node} text @param {() => void} [again] @param {boolean} [later] @param {string} [label]
     */
    function tell(s, text, again, later = false, label = retryLabel) {
      clearTimeout(timers.get(s));
      each(s, (form) => {
        const retry = /** @type {HTMLButtonElement} */ (part(form, "retry"));
        // A button that goes away must not take the focus with it.
        if (retry === document.activeElement && (!again || later)) buttons(form)[0].focus();
        retry.hidden = !again;
        retry.disabled = later;
        retry.onclick = again || null;
        retry.textContent = label;
        part(form, "note").replaceChildren(typeof text === "string" ? text : text.cloneNode(true));
      });
    }

    /** What a widget says at rest: why there is no voting or no result, or who counts. @param {string} s @param {Tally} tally */
    function rest(s, { hidden, no }) {
      const text = nowhere ? say("vote.elsewhere") : no ? say("vote.no." + no) : hidden ? say("vote.hidden") + " " + initial : initial;
      tell(s, no === "sign-in" && !nowhere ? make("a", { href: base + "/account/", textContent: text }) : text);
    }

    /** @param {string} s @param {Tally} tally */
    function draw(s, tally) {
      counted.set(s, tally);
      each(s, (form) => {
        show(form, tally);
        for (const button of buttons(form)) button.disabled = nowhere || Boolean(tally.no);
      });
    }

    /** @param {string} s @param {Failure} failure @param {() => void} again @returns {string} what was told */
    function fail(s, { wrong, wait }, again) {
      if (!wait) {
        tell(s, say("vote." + wrong), again);
        return say("vote." + wrong);
      }
      const [n, unit] = wait < 100 ? [Math.ceil(wait), "second"] : [Math.ceil(wait / 60), "minute"];
      const text = say("vote." + wrong, { wait: format({ style: "unit", unit, unitDisplay: "long" }).format(n) });
      tell(s, text, again, true);
      timers.set(s, setTimeout(() => {
        tell(s, say("vote.again"), again);
        each(s, (form) => announce(form, say("vote.again")));
      }, Math.min(wait, 86400) * 1000));
      return text;
    }

    /** Reads the tallies of all the page's widgets, in one request for each 40 subjects. */
    async function load() {
      if (loading) return;
      loading = true;
      unread = false;
      newer.clear();
      for (const form of forms) form.classList.toggle("loading", !counted.has(subject(form)));
      for (let i = 0; i < subjects.length; i += 40) {
        const some = subjects.slice(i, i + 40);
        /** @type {Failure} */
        let failure = { wrong: "unread" };
        /** @type {Map<string, any>} */
        const answers = new Map();
        try {
          const read = () => ask("/v1/tallies?" + new URLSearchParams(some.map((s) => ["s", s])), {}, "unread");
          let { tallies } = await read();
          if (!who && !nowhere && tallies[0]?.mine === null && (who = voter())) ({ tallies } = await read());
          for (const t of tallies) answers.set(t.subject, t);
        } catch (e) {
          if (e && /** @type {any} */ (e).wrong) failure = /** @type {Failure} */ (e);
        }
        for (const s of some) {
          if (sending.has(s) || newer.has(s)) continue;
          const tally = tallyOf(answers.get(s));
          if (tally) {
            draw(s, tally);
            rest(s, tally);
          } else {
            unread = true;
            fail(s, failure, load);
          }
        }
      }
      loading = false;
      for (const form of forms) form.classList.remove("loading");
    }

    /** Works for a protected essay, which the reader may cancel. @param {HTMLFormElement} form @param {NonNullable<Failure["work"]>} asked */
    async function worked(form, asked) {
      let stopped = false;
      announce(form, say("vote.working"));
      tell(subject(form), say("vote.working"), () => { stopped = true; }, false, say("vote.cancel"));
      // A page that isn't served safely has no such hash.
      const proof = await work(asked, () => stopped).catch(() => { throw { wrong: "refused" }; });
      if (!proof) throw { wrong: "cancelled" };
      tell(subject(form), say("vote.sending"));
      return proof;
    }

    /** Nothing is shown as counted before the answer. @param {HTMLFormElement} form @param {HTMLButtonElement} button @param {Vote} mine */
    async function send(form, button, mine) {
      const s = subject(form);
      if (sending.has(s)) return;
      sending.add(s);
      button.dataset.sending = "";
      each(s, (f) => f.setAttribute("aria-busy", "true"));
      tell(s, say("vote.sending"));
      const post = (/** @type {Record<string, string>} */ proof) => ask("/v1/votes", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Photodesk-Vote": "1", ...proof },
        body: JSON.stringify({ subject: s, vote: mine }),
      }, "uncounted");
      let said = () => {};
      let again = false;
      try {
        const tally = tallyOf(await post({}).catch(async (e) => {
          if (!e.work) throw e;
          return post({ "X-Photodesk-Work": await worked(form, e.work) });
        }));
        if (!tally) throw { wrong: "uncounted" };
        draw(s, tally);
        rest(s, tally);
        said = () => announceVote(form, tally);
      } catch (e) {
        const failure = /** @type {Failure} */ (e);
        const { no } = failure;
        const text = fail(s, failure, () => {
          button.focus();
          send(form, button, mine);
        });
        said = () => announce(form, text);
        if (no) {
          // The same again would be refused again; what holds now is read anew.
          const known = counted.get(s) || { up: 0, down: 0, mine: null, hidden: true };
          const now = { ...known, no: no === "upvotes-only" ? "" : no };
          draw(s, now);
          rest(s, { ...now, no });
          again = no === "closed" || no === "early";
        }
      }
      delete button.dataset.sending;
      each(s, (f) => f.removeAttribute("aria-busy"));
      sending.delete(s);
      newer.add(s);
      said();
      if (again) load();
    }

    if (nowhere) for (const button of forms.flatMap(buttons)) button.disabled = true;
    // Before the service has said so, by the reader's clock.
    for (const form of forms) {
      const no = shut(form);
      const hidden = hides(form, null, no);
      if (no || hidden) rest(subject(form), { up: 0, down: 0, mine: null, hidden, no });
      if (no) for (const button of buttons(form)) button.disabled = true;
      form.classList.add("known");
    }
    addEventListener("online", () => { if (unread) load(); });
    load();
    atTurns(forms[0], load);

    return (/** @type {HTMLFormElement} */ form, /** @type {HTMLButtonElement} */ button) => {
      // Where it isn't known yet what the reader had voted, the button means what it says.
      send(form, button, pressed(counted.get(subject(form))?.mine, /** @type {Vote} */ (Number(button.value))));
    };
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
  votes();
  compares();
  slideshows();
  lightbox();
  embed();
})();
