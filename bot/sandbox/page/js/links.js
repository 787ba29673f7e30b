// What a link means on a phone: the bot itself, "send this to somebody", or a place outside.

const HOSTS = new Set(["t.me", "telegram.me"]);

function parse(address) {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  try {
    return new URL(whole);
  } catch {
    return null;
  }
}

/** Read a link: {kind: "bot" | "share" | "outside" | "nothing", ...}. */
export function read(address, username) {
  const url = parse(address);
  if (url === null) return { kind: "nothing" };
  if (HOSTS.has(url.hostname)) {
    const path = url.pathname.replaceAll("/", "").toLowerCase();
    if (path === username.toLowerCase()) return { kind: "bot", url: url.href };
    if (url.pathname === "/share/url" || url.pathname === "/share") {
      return { kind: "share", url: url.searchParams.get("url") ?? "", text: url.searchParams.get("text") ?? "" };
    }
  }
  return ["http:", "https:", "mailto:", "tel:"].includes(url.protocol)
    ? { kind: "outside", url: url.href }
    : { kind: "nothing" };
}
