// Everything that passes between this page and its server: requests, files, and the live stream.

import { say } from "./words.js";

// The token stands in the address after a "#", a part that browsers send to nobody. It stays there, so that a
// reload or a copied address works; nothing is stored.
const TOKEN = location.hash.slice(1);
const HEADER = { "X-Sandbox-Token": TOKEN };
const REFUSED = 4403;
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 4000;

/** What the server wouldn't do; the message is a sentence for the visitor. */
export class Refusal extends Error {}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(`api/${path}`, { ...options, headers: { ...HEADER, ...options.headers } });
  } catch {
    throw new Refusal(say("not_through"));
  }
  if (response.ok) return response;
  const body = await response.json().catch(() => ({}));
  throw new Refusal(body.error ?? say("failed"));
}

async function answer(response) {
  const body = await response.json();
  if (body.refused !== undefined) throw new Refusal(body.refused);
  return body;
}

/** Do something; the answer is what the server says. */
export async function post(path, body = {}) {
  const options = { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  return answer(await ask(path, options));
}

/** Send a file's bytes as they are. */
export async function upload(path, blob, query) {
  const address = `${path}?${new URLSearchParams(query)}`;
  const headers = { "Content-Type": "application/octet-stream" };
  return answer(await ask(address, { method: "POST", body: blob, headers }));
}

// What a file is shows in its first bytes; what someone called it doesn't matter, and nothing else is shown.
const KINDS = [
  ["image/png", 0, [0x89, 0x50, 0x4e, 0x47]],
  ["image/jpeg", 0, [0xff, 0xd8, 0xff]],
  ["image/gif", 0, [0x47, 0x49, 0x46, 0x38]],
  ["image/webp", 8, [0x57, 0x45, 0x42, 0x50]],
  ["audio/wav", 8, [0x57, 0x41, 0x56, 0x45]],
  ["audio/ogg", 0, [0x4f, 0x67, 0x67, 0x53]],
  ["video/webm", 0, [0x1a, 0x45, 0xdf, 0xa3]],
  ["video/mp4", 4, [0x66, 0x74, 0x79, 0x70]],
];

function kindOf(bytes) {
  const found = KINDS.find(([, start, mark]) => mark.every((value, index) => bytes[start + index] === value));
  return found ? found[0] : "application/octet-stream";
}

const files = new Map();

/** Fetch a file once; resolves to an address that this page alone can show. */
export function fileAddress(id) {
  if (!files.has(id)) {
    const fetching = ask(`files/${encodeURIComponent(id)}`, {})
      .then((response) => response.arrayBuffer())
      .then((buffer) => {
        const bytes = new Uint8Array(buffer);
        return URL.createObjectURL(new Blob([bytes], { type: kindOf(bytes) }));
      });
    fetching.catch(() => files.delete(id));
    files.set(id, fetching);
  }
  return files.get(id);
}

/** Let go of all files, for another run may give their ids to others. */
export function forgetFiles() {
  for (const fetching of files.values()) fetching.then(URL.revokeObjectURL, () => {});
  files.clear();
}

/**
 * The live stream. It remembers the last event, and asks for what came after it whenever it comes back; so a
 * lost connection loses nothing and doubles nothing. `take` gets each frame, `tell` the connection's state:
 * "open", "lost" or "refused".
 */
export class Live {
  constructor(take, tell) {
    this.take = take;
    this.tell = tell;
    this.run = "";
    this.since = 0;
    this.pause = FIRST_PAUSE;
    this.waiting = 0;
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
  }

  open() {
    this.waiting = 0;
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live`);
    this.socket = socket;
    socket.onopen = () => {
      socket.send(JSON.stringify({ token: TOKEN, run: this.run, since: this.since }));
    };
    socket.onmessage = (message) => this.hear(JSON.parse(message.data));
    socket.onclose = (closed) => this.lost(closed.code);
  }

  hear(frame) {
    this.pause = FIRST_PAUSE;
    this.tell("open");
    if (frame.run !== undefined) this.run = frame.run;
    if (frame.next !== undefined) this.since = frame.next;
    this.take(frame);
  }

  lost(code) {
    if (code === REFUSED) {
      this.tell("refused");
      return;
    }
    this.tell("lost");
    this.waiting = setTimeout(() => this.open(), this.pause);
    this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
  }

  /** Try at once when there is reason for hope. */
  hurry() {
    if (!this.waiting) return;
    clearTimeout(this.waiting);
    this.open();
  }
}
