/*
 * A screen by somebody who has read docs/protocol.md and nothing else of this house: the official
 * Socket.IO client, "A screen in thirty lines", and entities that replace each other.
 */
import { io } from "/static/vendor/socket.io.esm.min.js";

const [, token] = location.hash.split("=");
const room = "hall";
let seq = null, state = null;
window.stranger = { calls: [], news: [], asked: 0, seq: () => seq };

const replace = (list, entity, key) => {
  const at = list.findIndex((one) => one[key] === entity[key]);
  if (at < 0) list.push(entity); else list[at] = { ...list[at], ...entity };
};

function apply(event) {
  if (event.type === "day.opened") return sync("snapshot");
  if (event.call) replace(state.calls, event.call, "id");
  state.calls = state.calls.filter((call) => call.state !== "gone");
  if (event.window) replace(state.windows, event.window, "no");
  Object.assign(state.waiting, event.waiting ?? {});
  Object.assign(state.queues, event.queues ?? {});
  if (event.type === "ticket.called" || event.type === "ticket.recalled") stranger.news.push([event.seq, event.call.number, event.call.window]);
}

function draw() {
  const plain = ({ id, number, window, state: how, times }) => ({ id, number, window, state: how, times });
  stranger.calls = state.calls.map(plain);
  stranger.waiting = { ...state.waiting };
  stranger.windows = Object.fromEntries(state.windows.map((one) => [one.no, [one.state, one.number]]));
}

const socket = io(location.origin, { auth: { token }, transports: ["websocket"], reconnectionDelay: 200 });
const sync = (name) => socket.timeout(5000).emit(name, { room }, (error, answer) => {
  if (error || !answer.ok) return setTimeout(() => sync(name), 1000);
  stranger.asked += 1;
  seq = answer.seq; state = answer.snapshot; draw();
});
socket.on("connect", () => sync("join"));
socket.on("events", (message) => {
  if (message.room !== room || seq === null || message.seq <= seq) return;
  if (message.prev > seq) return sync("snapshot");
  for (const event of message.events) if (event.seq > seq) apply(event);
  seq = message.seq; draw();
});
socket.on("hb", (beat) => {
  if (seq !== null && beat.rooms[room] > seq) sync("snapshot");
});
