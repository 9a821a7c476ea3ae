// @ts-check
/* For the page around an embed: gives each frame of an essay the height that it says it needs. */
(() => {
  "use strict";
  addEventListener("message", (event) => {
    const { photodesk, height } = event.data || {};
    if (photodesk !== "height" || !(height > 0 && height < 20000)) return;
    for (const frame of /** @type {NodeListOf<HTMLIFrameElement>} */ (document.querySelectorAll("iframe[data-photodesk]")))
      if (frame.contentWindow === event.source) frame.height = String(Math.ceil(height));
  });
})();
