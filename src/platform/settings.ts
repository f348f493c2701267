import { isIP } from "node:net";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { ProviderSettings } from "./identity-provider.ts";
import type { Algorithms } from "./town.ts";

/** What may be set from outside. Everything else a town decides lives in its database. */
export type Settings = {
  /** 0 lets the system choose a free port. */
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  /** Where people reach us; null means `http://localhost:<port>`. */
  readonly origin: URL | null;
  /** Null means the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Another login of that database, for the application alone; null: the owner's takes the application's role. */
  readonly databaseAppUrl: string | null;
  readonly keyFile: string;
  /** What personal information is sealed with from now on. */
  readonly algorithms: Algorithms;
  /** The proxies in front whose X-Forwarded-For is believed: addresses and CIDR blocks. */
  readonly trustedProxies: readonly string[];
  /** What connects the desk with a reporter without showing the number; null: there is none. */
  readonly callGateway: { readonly url: URL; readonly token: string } | null;
  /** Who lets officers sign in beside their passwords; null: nobody does. */
  readonly identityProvider: ProviderSettings | null;
};

type Environment = Readonly<Record<string, string | undefined>>;

const Environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().max(65_535))
    .default(3000),
  HOST: z
    .string()
    .regex(/^[0-9A-Za-z.:-]+$/)
    .default("127.0.0.1"),
  SANWEN_DATA: z.string().refine(hasNoNul).optional(),
  SANWEN_ORIGIN: z.string().refine(isOrigin).transform(toUrl).nullable().default(null),
  DATABASE_URL: z.string().refine(isPostgresUrl).nullable().default(null),
  DATABASE_APP_URL: z.string().refine(isPostgresUrl).nullable().default(null),
  SANWEN_KEY_FILE: z.string().refine(hasNoNul).optional(),
  SANWEN_ALGORITHMS: z.enum(["international", "national"]).default("international"),
  SANWEN_CALL_GATEWAY: z.string().refine(isWebAddress).transform(toUrl).nullable().default(null),
  SANWEN_CALL_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{1,500}$/)
    .default(""),
  SANWEN_OIDC_ISSUER: z.string().refine(isIssuer).transform(toUrl).nullable().default(null),
  SANWEN_OIDC_CLIENT_ID: z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/)
    .default("sanwen"),
  SANWEN_OIDC_SECRET_FILE: z.string().refine(hasNoNul).optional(),
  SANWEN_TRUSTED_PROXIES: z
    .string()
    .default("127.0.0.0/8,::1")
    .transform((text) => text.split(",").map((block) => block.trim()))
    .refine((blocks) => blocks.every(isBlock)),
});

type Name = keyof z.infer<typeof Environment>;

const EXPECTED: Record<Name, { readonly zh: string; readonly en: string }> = {
  PORT: { zh: "应为 0 到 65535 的整数，例如 3000", en: "must be a whole number from 0 to 65535, such as 3000" },
  HOST: { zh: "应为地址或主机名，例如 127.0.0.1 或 0.0.0.0", en: "must be an address or a host name, such as 127.0.0.1 or 0.0.0.0" },
  SANWEN_DATA: { zh: "应为数据文件夹的路径", en: "must be the path of the data folder" },
  SANWEN_ORIGIN: {
    zh: "应为居民访问的网址，只含协议与主机，例如 https://sanwen.example.cn",
    en: "must be the address people visit, protocol and host only, such as https://sanwen.example.cn",
  },
  DATABASE_URL: {
    zh: "应为 postgres://用户:密码@主机:端口/数据库",
    en: "must look like postgres://user:password@host:port/database",
  },
  DATABASE_APP_URL: {
    zh: "应为 postgres://用户:密码@主机:端口/数据库，用户只有 sanwen_app 角色，并且同时设置 DATABASE_URL",
    en: "must look like postgres://user:password@host:port/database, of a user with the role sanwen_app alone, beside DATABASE_URL",
  },
  SANWEN_KEY_FILE: { zh: "应为密钥文件的路径", en: "must be the path of the key file" },
  SANWEN_ALGORITHMS: { zh: "应为 international 或 national（国密 SM4、SM3）", en: "must be international or national (SM4, SM3)" },
  SANWEN_CALL_GATEWAY: {
    zh: "应为呼叫网关的网址，例如 https://call.example.cn/connect",
    en: "must be the address of the call gateway, such as https://call.example.cn/connect",
  },
  SANWEN_CALL_TOKEN: { zh: "应为不含空格的口令", en: "must be a token without spaces" },
  SANWEN_OIDC_ISSUER: {
    zh: "应为统一身份认证（OpenID Connect）的 https 网址",
    en: "must be the https address of the identity provider (OpenID Connect)",
  },
  SANWEN_OIDC_CLIENT_ID: { zh: "应为在统一身份认证处登记的代号", en: "must be the client's id at the identity provider" },
  SANWEN_OIDC_SECRET_FILE: { zh: "应为存放其密钥的文件路径", en: "must be the path of the file with its secret" },
  SANWEN_TRUSTED_PROXIES: {
    zh: "应为前置代理的地址或网段，用逗号隔开，例如 127.0.0.1,10.0.0.0/8",
    en: "must be the addresses or CIDR blocks of the proxies in front, separated by commas, such as 127.0.0.1,10.0.0.0/8",
  },
};

/** A sentence in each language for every setting that is wrong. The values stay out of them: DATABASE_URL may hold a password. */
export type WrongSettings = { readonly wrong: readonly { readonly zh: string; readonly en: string }[] };

/** Reads the settings; an empty variable counts as unset, and a name that only looks like one of ours is refused. */
export function readSettings(env: Environment, defaultDataFolder = "data"): Settings | WrongSettings {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const unknown = Object.keys(set)
    .filter((name) => name.startsWith("SANWEN_") && !isName(name))
    .map((name) => ({
      zh: `没有名为 ${name} 的设置。可用：${NAMES.join("、")}`,
      en: `There is no setting ${name}. There are ${NAMES.join(", ")}`,
    }));
  const parsed = Environment.safeParse(set);
  const alone = "DATABASE_APP_URL" in set && !("DATABASE_URL" in set) ? ["DATABASE_APP_URL"] : []; // a second login of nothing
  if (parsed.success && unknown.length === 0 && alone.length === 0) {
    const { PORT, HOST, SANWEN_DATA, SANWEN_ORIGIN, DATABASE_URL, SANWEN_KEY_FILE, SANWEN_ALGORITHMS, SANWEN_CALL_GATEWAY } = parsed.data;
    const dataFolder = resolve(SANWEN_DATA ?? defaultDataFolder);
    const keyFile = SANWEN_KEY_FILE === undefined ? join(dataFolder, "key") : resolve(SANWEN_KEY_FILE);
    const callGateway = SANWEN_CALL_GATEWAY === null ? null : { url: SANWEN_CALL_GATEWAY, token: parsed.data.SANWEN_CALL_TOKEN };
    return {
      port: PORT,
      host: HOST,
      dataFolder,
      origin: SANWEN_ORIGIN,
      databaseUrl: DATABASE_URL,
      databaseAppUrl: parsed.data.DATABASE_APP_URL,
      keyFile,
      algorithms: SANWEN_ALGORITHMS,
      trustedProxies: parsed.data.SANWEN_TRUSTED_PROXIES,
      callGateway,
      identityProvider: providerOf(parsed.data),
    };
  }
  const names = new Set([...(parsed.error?.issues ?? []).map((issue) => String(issue.path[0])), ...alone]);
  const wrong = NAMES.filter((name) => names.has(name)).map((name) => ({
    zh: `设置 ${name} 不对：${EXPECTED[name].zh}`,
    en: `${name} is wrong: it ${EXPECTED[name].en}`,
  }));
  return { wrong: [...wrong, ...unknown] };
}

function providerOf({ SANWEN_OIDC_ISSUER: issuer, ...set }: z.infer<typeof Environment>): ProviderSettings | null {
  if (issuer === null) return null;
  const { SANWEN_OIDC_CLIENT_ID: clientId, SANWEN_OIDC_SECRET_FILE: file } = set;
  return { issuer, clientId, secretFile: file === undefined ? null : resolve(file) };
}

const NAMES: readonly Name[] = Environment.keyof().options;

function isName(name: string): name is Name {
  return NAMES.some((known) => known === name);
}

function hasNoNul(text: string): boolean {
  return !text.includes("\0");
}

function toUrl(text: string): URL {
  return new URL(text);
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, "").toLowerCase();
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}

/** A provider is reached under https; one of this machine's own may do without. */
function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && isWebAddress(text) && (url.protocol === "https:" || ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname));
}

/** An address or a CIDR block, such as `10.0.0.0/8` or `::1`. */
function isBlock(text: string): boolean {
  const [address = "", bits, more] = text.split("/");
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function isPostgresUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1;
}

/** Where people reach the program: as it was set, else this machine. */
export function originOf({ origin, port }: Settings): URL {
  return origin ?? new URL(`http://localhost:${port}`);
}
