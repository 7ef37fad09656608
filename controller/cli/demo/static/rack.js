/** The kiosk's door, its card reader, and the rack of cards. */
import { html } from "/static/shared/html.js";
import { icon } from "/static/shared/icons.js";

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
  return html`<a class="main-way" href=${hall.urls.kiosk} target="jiaohao-kiosk"
      onClick=${(event) => openKiosk(event, hall.urls.kiosk)}>${icon("ticket")}
      <span><b>打开取号机</b><span lang="en">Open the kiosk</span></span>${icon("chevron")}</a>
    <p class="do">再选一张证件放到读卡器上<span lang="en">Then lay a card on its reader</span></p>
    <div class=${laid ? "reader on" : "reader"} aria-live="polite">${icon("id-card")}
      <span>${laid
        ? html`<b>${laid.name}</b><span lang="en">lies on the reader</span>`
        : html`<b>读卡器上没有证件</b><span lang="en">Nothing lies on the reader</span>`}</span>
      <button type="button" disabled=${!laid} onClick=${() => act("/cards/lift")}>取走 <span lang="en">Lift</span></button></div>
    <ul class="rack">${hall.cards.map((card) => html`<li key=${card.id}><${Card} card=${card}
      laid=${card.id === state.card} act=${act} /></li>`)}</ul>`;
}

const Card = ({ card, laid, act }) => html`<button type="button" class="id-card" data-card=${card.id} aria-pressed=${laid}
    onClick=${() => act(laid ? "/cards/lift" : `/cards/${card.id}/lay`)}>
    <b lang="zh-CN">${card.name}</b><span>${card.note}</span><span lang="en">${card.note_en}</span></button>`;
