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
  /** @typedef {{ up: number, down: number, mine: Vote|null }} Tally */

  const format = (/** @type {Intl.NumberFormatOptions} */ options) => new Intl.NumberFormat(words.lang, options);
  const part = (/** @type {HTMLElement} */ form, /** @type {string} */ name) => /** @type {HTMLElement} */ (form.querySelector(`[data-${name}]`));
  const buttons = (/** @type {HTMLElement} */ form) => /** @type {HTMLButtonElement[]} */ ([...form.querySelectorAll(".vote-button")]);

  /** Counts, and percentages of the total that make 100 together. @param {HTMLElement} form @param {Tally} tally */
  function show(form, { up, down, mine }) {
    const total = up + down;
    const percent = total ? Math.round((100 * up) / total) : 0;
    const write = format({});
    /** @type {Record<string, string>} */
    const texts = {
      points: write.format(up - down).replace("-", "\u2212"),
      total: write.format(total),
      ups: write.format(up),
      downs: write.format(down),
      "ups-percent": percent + "%",
      "downs-percent": (total ? 100 - percent : 0) + "%",
    };
    for (const name in texts) part(form, `tally=${name}`).textContent = texts[name];
    form.style.setProperty("--ups", percent + "%");
    form.classList.toggle("voted", total > 0);
    for (const button of buttons(form)) button.setAttribute("aria-pressed", String(Number(button.value) === mine));
  }

  /** Tells those who can't see it. @param {HTMLElement} form @param {string} text */
  function announce(form, text) {
    part(form, "said").textContent = text;
  }

  /** @param {HTMLElement} form @param {Tally} tally */
  function announceVote(form, { up, down, mine }) {
    const key = mine === 1 ? "up" : mine ? "down" : "none";
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

    /** @param {HTMLFormElement} form */
    function draw(form) {
      const mine = box.get(form.dataset.vote);
      const tally = { up: Number(mine === 1), down: Number(mine === -1), mine };
      show(form, tally);
      for (const button of buttons(form)) button.disabled = false;
      if (!box.lasting) part(form, "note").textContent = say("vote.memory");
      return tally;
    }

    const drawAll = () => forms.forEach(draw);
    // Another tab with the same essay.
    addEventListener("storage", drawAll);
    drawAll();

    return (/** @type {HTMLFormElement} */ form, /** @type {HTMLButtonElement} */ button) => {
      const { vote } = form.dataset;
      box.set(vote, pressed(box.get(vote), /** @type {Vote} */ (Number(button.value))));
      drawAll();
      announceVote(form, draw(form));
    };
  }

  /* ---- Votes at a service: what it answered is what is shown ---- */

  /** What is wrong, as words' key without "vote.", and the seconds until it may be right. @typedef {{ wrong: string, wait?: number }} Failure */

  /** @param {HTMLFormElement[]} forms @param {string} base */
  function votesAtService(forms, base) {
    const subject = (/** @type {HTMLFormElement} */ form) => form.dataset.subject || "";
    const subjects = [...new Set(forms.map(subject))];
    const initial = part(forms[0], "note").textContent || "";
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
      const counts = [t?.up, t?.down];
      return counts.every((n) => Number.isInteger(n) && n >= 0) ? { up: t.up, down: t.down, mine: t.mine } : undefined;
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

    /** What a protected essay asks a browser for, once: a number that makes a hash begin with zeros. @param {{ challenge: string, bits: number }} asked */
    async function work({ challenge, bits }) {
      for (let n = 0; ; n++) {
        const text = challenge + "." + n;
        const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
        if (Math.clz32(new DataView(sum).getUint32(0)) >= bits) return text;
      }
    }

    /** @param {string} path @param {RequestInit} options @param {string} wrong @param {string} [proof] @returns {Promise<any>} the answer; throws a Failure */
    async function ask(path, options, wrong, proof = "") {
      let answer;
      try {
        answer = await fetch(base + path, {
          ...options,
          headers: { ...options.headers, ...(who && { "X-Photodesk-Voter": who }), ...(proof && { "X-Photodesk-Work": proof }) },
          credentials: nowhere ? "omit" : "include",
          cache: "no-cache",
          signal: AbortSignal.timeout?.(15000),
        });
        const name = answer.headers.get("X-Photodesk-Voter");
        if (name) who = voter(name);
        if (answer.ok) return await answer.json();
      } catch {
        throw { wrong: navigator.onLine ? wrong : "offline." + wrong };
      }
      const { status } = answer;
      if (status === 428 && !proof) {
        proof = await answer.json().then(work).catch(() => "");
        if (proof) return ask(path, options, wrong, proof);
      }
      const wait = Number(answer.headers.get("Retry-After"));
      if (wait > 0 && (status === 429 || status === 503)) throw { wrong: status === 429 ? "limited" : "busy", wait };
      throw { wrong: wrong === "uncounted" && status < 500 ? "refused" : wrong };
    }

    /** The line under the widget, and with again a button that tries again. @param {string} s @param {string} text @param {() => void} [again] @param {boolean} [later] */
    function tell(s, text, again, later = false) {
      clearTimeout(timers.get(s));
      each(s, (form) => {
        const retry = /** @type {HTMLButtonElement} */ (part(form, "retry"));
        // A button that goes away must not take the focus with it.
        if (retry === document.activeElement && (!again || later)) buttons(form)[0].focus();
        retry.hidden = !again;
        retry.disabled = later;
        retry.onclick = again || null;
        part(form, "note").textContent = text;
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
            counted.set(s, tally);
            each(s, (form) => show(form, tally));
            tell(s, nowhere ? say("vote.elsewhere") : initial);
          } else {
            unread = true;
            fail(s, failure, load);
          }
        }
      }
      loading = false;
    }

    /** Nothing is shown as counted before the answer. @param {HTMLFormElement} form @param {HTMLButtonElement} button @param {Vote} mine */
    async function send(form, button, mine) {
      const s = subject(form);
      if (sending.has(s)) return;
      sending.add(s);
      button.dataset.sending = "";
      each(s, (f) => f.setAttribute("aria-busy", "true"));
      tell(s, say("vote.sending"));
      let said = () => {};
      try {
        const tally = tallyOf(await ask("/v1/votes", {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-Photodesk-Vote": "1" },
          body: JSON.stringify({ subject: s, vote: mine }),
        }, "uncounted"));
        if (!tally) throw { wrong: "uncounted" };
        counted.set(s, tally);
        each(s, (f) => show(f, tally));
        tell(s, initial);
        said = () => announceVote(form, tally);
      } catch (e) {
        const text = fail(s, /** @type {Failure} */ (e), () => {
          button.focus();
          send(form, button, mine);
        });
        said = () => announce(form, text);
      }
      delete button.dataset.sending;
      each(s, (f) => f.removeAttribute("aria-busy"));
      sending.delete(s);
      newer.add(s);
      said();
    }

    if (nowhere) for (const button of forms.flatMap(buttons)) button.disabled = true;
    addEventListener("online", () => { if (unread) load(); });
    load();

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
