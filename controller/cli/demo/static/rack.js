/** The kiosk's door, its readers, and the rack of cards and codes. */
import { html, useState } from "/static/shared/html.js";
import { icon } from "/static/shared/icons.js";

const SCANNED_MS = 1500;

/** Name of the code, what it is there for: Chinese, English. */
const CODES = [
  ["appointment", "预约码", "今天的一个预约", "Appointment"],
  ["slip", "上一张号票", "票上的短码", "The last ticket"],
  ["advert", "广告码", "不是本厅的码", "None of ours"],
];

/** What a chip reader lacks here. */
const NO_CHIPS = {
  namespaces: ["这台机器不允许命名空间，所以没有虚拟的芯片读卡器。",
    "This machine allows no namespaces, so there is no virtual chip reader."],
};

/** A window of the kiosk's own proportions, as tall as this screen allows. */
function openKiosk(event, url) {
  event.preventDefault();
  const height = Math.max(600, Math.min(1920, screen.availHeight - 80));
  const width = Math.round((height * 9) / 16);
  const opened = window.open(url, "jiaohao-kiosk", `popup,width=${width},height=${height}`);
  if (!opened) location.assign(url);
}

export function CardRack({ hall, state, act }) {
  const laid = hall.cards.find((card) => card.id === state.card);
  const { chip_unplugged: unplugged, pcscd_down: down } = state.weather;
  const away = unplugged?.on || down?.on;
  return html`<a class="main-way" href=${hall.urls.kiosk} target="jiaohao-kiosk"
      onClick=${(event) => openKiosk(event, hall.urls.kiosk)}>${icon("ticket")}
      <span><b>打开取号机</b><span lang="en">Open the kiosk</span></span>${icon("chevron")}</a>
    <div class=${laid ? "reader on" : "reader"} aria-live="polite">${icon(laid?.chip ? "social-card" : "id-card")}
      <span>${laid
        ? html`<b>${laid.name}</b><span lang="en">${laid.chip ? "is in the chip reader" : "lies on the ID reader"}</span>`
        : html`<b>选一张证件放上去</b><span lang="en">Lay a card on its reader</span>`}</span>
      <button type="button" disabled=${!laid} onClick=${() => act("/cards/lift")}>取走 <span lang="en">Lift</span></button></div>
    <${Group} mark="id-card" zh="身份证读卡器" en="ID-card reader">
      ${hall.cards.filter((card) => !card.chip).map((card) => html`<${Card} key=${card.id} card=${card} laid=${card === laid} act=${act} />`)}<//>
    <${Group} mark="social-card" zh="芯片读卡器" en="Chip-card reader">
      ${hall.cards.filter((card) => card.chip).map((card) => html`<${Card} key=${card.id} card=${card} laid=${card === laid} act=${act} away=${away} />`)}
      ${hall.no_chips && html`<${NoChips} why=${hall.no_chips} />`}<//>
    <${Group} mark="ticket" zh="扫码器" en="Scanner">
      ${CODES.map(([id, ...words]) => html`<${Code} key=${id} id=${id} words=${words} act=${act}
        away=${id === "slip" && !state.slip} />`)}<//>`;
}

const Group = ({ mark, zh, en, children }) => html`<section class="readers">
  <h3>${icon(mark)}${zh}<span lang="en">${en}</span></h3><ul class="rack">${children}</ul></section>`;

const Card = ({ card, laid, act, away = false }) => html`<li><button type="button" class="id-card" data-card=${card.id}
    aria-pressed=${laid} disabled=${away} onClick=${() => act(laid ? "/cards/lift" : `/cards/${card.id}/lay`)}>
    <b lang="zh-CN">${card.name}</b><span>${card.note}</span><span lang="en">${card.note_en}</span></button></li>`;

function Code({ id, words: [zh, note, en], act, away }) {
  const [scanned, setScanned] = useState(false);
  async function scan() {
    if (!(await act(`/codes/${id}/scan`))) return;
    setScanned(true);
    setTimeout(() => setScanned(false), SCANNED_MS);
  }
  return html`<li><button type="button" class="id-card code" data-code=${id} disabled=${away} onClick=${scan}>
    <b>${zh}</b>${scanned
      ? html`<span class="scanned" role="status">${icon("check")}已扫码</span><span lang="en">Scanned</span>`
      : html`<span>${away ? "还没有出票" : note}</span><span lang="en">${away ? "No ticket yet" : en}</span>`}</button></li>`;
}

function NoChips({ why }) {
  const [zh, en] = NO_CHIPS[why] ?? [`装上 Debian 软件包 ${why} 并重启演示，这里就有芯片卡。`,
    `With the Debian package ${why} there are chip cards here; start the demo again.`];
  return html`<li class="no-chips">${icon("info")}<span>${zh}<span lang="en">${en}</span></span></li>`;
}
