/**
 * The strip beside other programs: on top of them where the browser can put it there, else in a
 * small window of its own. Only a page from a safe address (https, or this machine) can be put on top.
 */
const SIZE = { width: 320, height: 120 };
/** What a new strip needs of the page it comes from. */
const STYLES = 'link[rel="stylesheet"]';

/** Whether the browser keeps the strip on top. */
export const staysOnTop = () => "documentPictureInPicture" in globalThis;

/**
 * `openAside({onOpen, onClose})` → nothing. `onOpen(window)` gets the window on top with the page's
 * styles and an empty `#app`, `onClose(window)` the same when it goes; the small window draws itself
 * and is told nothing.
 */
export async function openAside({ onOpen, onClose }) {
  const strip = staysOnTop() ? await globalThis.documentPictureInPicture.requestWindow(SIZE).catch(() => null) : null;
  if (!strip) {
    open("/console?mini", "jiaohao-strip", `popup,width=${SIZE.width},height=${SIZE.height}`);
    return;
  }
  const { document: page } = strip;
  for (const link of document.querySelectorAll(STYLES)) {
    const style = Object.assign(page.createElement("link"), { rel: "stylesheet", href: link.href });
    page.head.append(style);
  }
  for (const name of ["lang", "data-theme"]) page.documentElement.setAttribute(name, document.documentElement.getAttribute(name));
  page.body.className = "mini";
  page.body.append(Object.assign(page.createElement("div"), { id: "app" }));
  strip.addEventListener("pagehide", () => onClose(strip), { once: true });
  onOpen(strip);
}
