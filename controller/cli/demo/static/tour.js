/** What to try to see the hall's rules at work. */
import { html } from "/static/shared/html.js";

const STEPS = [
  ["一件事跑两个窗口", "取“灵活就业一件事”的号；5 号窗口办结所能办的，号票回到等候，由另一个窗口办完。",
    "A bundle through two windows", "Take a bundle at the kiosk; window 5 finishes its part, another window the rest."],
  ["预约", "导办台“预约”里约今天的一个时段，再签到取号：按预约时间排队，早到可等、迟到按普通号。",
    "An appointment", "Book a time of today at the guide desk, then check in."],
  ["过号与返回", "F1 叫号，等 60 秒按过号；导办台输入号码点“过号返回”：再叫 3 个号或 5 分钟后重新排队，原来的等候不丢。",
    "Pass and return", "Call, pass after 60 s, then return the number at the guide desk."],
  ["转移", "办理中把号转给另一个窗口：对方接收才算数，没人接收 10 分钟后退回，号码和等候时间不变。",
    "A transfer", "Hand a number on to another open window, which accepts it or sends it back."],
  ["挂起与回呼", "请人去取材料：挂起后可以继续叫号，回来再回呼；最多 3 个、每个 60 分钟。",
    "A hold", "Hold a number while its person fetches something, call others, call it back."],
  ["撤销", "按错了办结或过号？5 秒内撤销，计时照旧。", "Undo", "Take a mistaken finish or pass back within five seconds."],
  ["午休值班", "值班长台点“午间值班”：不值班的窗口办完手上的号就暂停，值班的继续；再点恢复。",
    "Lunch", "Put only the lunch windows on duty at the supervisor's page, then all again."],
  ["每人限号", "同一张证件再取同一类号：机器请您用原来的号，可以补打。", "One person, one number",
    "Lay the same card again for the same matter: the kiosk offers the number you have."],
  ["撕断的号票", "第 4 步拨“撕断纸”，再取一个号：号码照样有效，屏幕大字显示；复原后补打，号码不变。",
    "A torn ticket", "Tear the paper in step 4, then take a number: it counts, and is printed again once there is paper."],
];

export const Tour = () => html`<section class="tour" aria-labelledby="tour">
  <h2 id="tour">试一试这些规则<span lang="en">Try the rules</span></h2>
  <ol>${STEPS.map(([zh, how, en, how_en]) => html`<li key=${en}><b>${zh}<span lang="en">${en}</span></b>
    <p>${how}</p><p lang="en">${how_en}</p></li>`)}</ol></section>`;
