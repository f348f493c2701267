/** No browser says so much of itself; what stands behind is not read. */
const MOST_READ = 400;

/** The first that is found: most browsers name those they are like, too. */
const BROWSERS = [
  ["wechat", /MicroMessenger\//],
  ["dingtalk", /DingTalk\//],
  ["qq", /QQBrowser\//],
  ["uc", /UCBrowser\//],
  ["huawei", /HuaweiBrowser\//],
  ["xiaomi", /MiuiBrowser\//],
  ["edge", /Edg(?:e|A|iOS)?\//],
  ["firefox", /(?:Firefox|FxiOS)\//],
  ["chrome", /(?:Chrome|CriOS)\//],
  ["safari", /Version\/[\d.]+ .*Safari\//],
] as const;

const SYSTEMS = [
  ["harmony", /HarmonyOS|OpenHarmony/],
  ["android", /Android/],
  ["iphone", /iPhone/],
  ["ipad", /iPad/],
  ["windows", /Windows NT/],
  ["mac", /Macintosh/],
  ["linux", /Linux|CrOS/],
] as const;

export type Browser = (typeof BROWSERS)[number][0] | "other";
export type System = (typeof SYSTEMS)[number][0] | "other";

/** With what somebody comes: enough to know one's own again, too little to know a person by. */
export type Comes = { readonly browser: Browser; readonly system: System };

/** A User-Agent header (RFC 9110 §10.1.5) says whatever its sender likes: it is shown, nothing depends on it. */
export function readUserAgent(header: string): Comes {
  const read = header.slice(0, MOST_READ);
  return {
    browser: BROWSERS.find(([, says]) => says.test(read))?.[0] ?? "other",
    system: SYSTEMS.find(([, says]) => says.test(read))?.[0] ?? "other",
  };
}
