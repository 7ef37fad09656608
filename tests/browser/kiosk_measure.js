/* What an eye and a finger meet on the screen: boxes outside the panel, clipped words, sizes,
   contrast, targets and the gaps between them. Evaluated in the page. */
() => {
  const W = innerWidth, H = innerHeight;
  const label = (el) => `${el.tagName}.${el.className}: ${(el.textContent || "").trim().slice(0, 20)}`;
  const all = [...document.body.querySelectorAll("*")].filter(
    (el) => !(el instanceof SVGElement) && !el.closest(".sr") && el.getBoundingClientRect().width > 0);
  const inline = (el) => getComputedStyle(el).display === "inline";
  const overflow = [];
  for (const el of all) {
    const box = el.getBoundingClientRect();
    if (inline(el)) continue;
    if (box.left < -1 || box.top < -1 || box.right > W + 1 || box.bottom > H + 1) overflow.push(`outside ${label(el)}`);
    if (el.scrollWidth > el.clientWidth + 2) overflow.push(`clipped ${label(el)}`);
    let around = el.parentElement;
    while (around !== document.body && inline(around)) around = around.parentElement;
    const frame = around.getBoundingClientRect();
    if (box.bottom > frame.bottom + 1 || box.right > frame.right + 1) overflow.push(`beyond its frame ${label(el)}`);
  }

  // two texts on the same spot; lines of one block may touch, and what ends in "…" is not there below it
  const block = (el) => { while (inline(el)) el = el.parentElement; return el; };
  const seen = (el, box) => getComputedStyle(block(el)).webkitLineClamp === "none" || box.top < block(el).getBoundingClientRect().bottom - 2;
  const inks = all.filter((el) => [...el.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
    .flatMap((el) => [...el.getClientRects()].filter((box) => seen(el, box)).map((box) => ({ el, home: block(el), box })));
  inks.forEach((one, i) => inks.slice(i + 1).forEach((two) => {
    if (one.home === two.home || one.home.contains(two.home) || two.home.contains(one.home)) return;
    const wide = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left);
    const high = Math.min(one.box.bottom, two.box.bottom) - Math.max(one.box.top, two.box.top);
    if (wide > 3 && high > Math.min(one.box.height, two.box.height) * 0.35) overflow.push(`over each other ${label(one.el)} | ${label(two.el)}`);
  }));

  const channel = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const colour = (text) => text.match(/[\d.]+/g).map(Number);
  const ground = (el) => {
    for (let at = el; at; at = at.parentElement) {
      const c = colour(getComputedStyle(at).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const text = [], contrast = [];
  for (const el of all) {
    const own = [...el.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own) continue;
    const style = getComputedStyle(el);
    text.push({ px: parseFloat(style.fontSize), of: label(el) });
    const [a, b] = [luminance(colour(style.color)), luminance(ground(el))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 7) contrast.push(`${ratio.toFixed(2)} ${label(el)}`);
  }

  const buttons = [...document.querySelectorAll("button")].map((el) => ({ el, box: el.getBoundingClientRect() }));
  const targets = buttons.map(({ el, box }) => ({ w: box.width, h: box.height, minor: el.matches(".tool, .minor"), of: label(el) }));
  const gaps = [];
  buttons.forEach((one, i) => buttons.slice(i + 1).forEach((two) => {
    const dx = Math.max(one.box.left - two.box.right, two.box.left - one.box.right);
    const dy = Math.max(one.box.top - two.box.bottom, two.box.top - one.box.bottom);
    gaps.push({ px: Math.max(dx, dy), of: `${label(one.el)} | ${label(two.el)}` });
  }));
  return { overflow, contrast, text, targets, gaps };
}
