/** Expected waits in words. */

/** `waitText(t, [15, 25])` → "15–25 分钟"; [0, 5] "5 分钟以内", [0, 0] "无需等候", nothing known "". */
export function waitText(t, wait) {
  if (!wait) return "";
  const [from, to] = wait;
  if (to === 0) return t("wait.none");
  if (from === 0) return t("wait.within", { to });
  return t("wait.range", { span: from === to ? from : `${from}–${to}` });
}
