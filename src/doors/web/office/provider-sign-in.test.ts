import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { test, type TestContext } from "node:test";
import { Provider } from "oidc-provider";
import { accountOf } from "#people/account";
import { bindSubject } from "#people/bind-subject";
import { freeSubject } from "#people/free-subject";
import { grantSubject } from "#people/grant-subject";
import { proposeTotp } from "#people/propose-totp";
import { setTotp } from "#people/set-totp";
import { lockSecret } from "#people/totp";
import { openIdentityProvider, type IdentityProvider } from "#platform/identity-provider";
import { transact } from "#platform/town";
import { hotp, stepOf } from "#standards/totp/totp";
import { aDoor, cookiesOf, textOf, type ADoor } from "#test/door";
import { aTown, type ATown } from "#test/town";
import { assertValid } from "#test/valid-page";

const ORIGIN = "http://localhost:3000";
const BACK = `${ORIGIN}/office/sign-in/provider/back`;

/** A real provider, certified by the OpenID Foundation, on this machine's own address; its pages take any name. */
async function aProvider(t: TestContext): Promise<{ readonly provider: IdentityProvider; readonly server: Server }> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const issuer = new URL(`http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`);
  const there = new Provider(issuer.origin, {
    clients: [
      {
        client_id: "sanwen",
        token_endpoint_auth_method: "none",
        redirect_uris: [BACK],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    cookies: { keys: ["of this test"] },
    pkce: { required: () => true },
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  });
  const answer = there.callback();
  server.on("request", (request, response) => void answer(request, response));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { provider: openIdentityProvider({ issuer, clientId: "sanwen", secretFile: null }), server };
}

/** Somebody types a name at the provider, agrees, and is led back; or, `login` null, turns away. */
async function atTheProvider(to: string, login: string | null): Promise<string> {
  const cookies = new Map<string, string>();
  const ask = async (url: string, body?: Record<string, string>): Promise<Response> => {
    const response = await fetch(url, {
      redirect: "manual",
      headers: { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") },
      ...(body === undefined ? {} : { method: "POST", body: new URLSearchParams(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  let [url, response] = [to, await ask(to)];
  for (let steps = 0; steps < 12; steps += 1) {
    const location = response.headers.get("location");
    if (location !== null) {
      url = new URL(location, url).href;
      if (url.startsWith(BACK)) return url;
      response = await ask(url);
      continue;
    }
    const page = await response.text();
    const [, abort = ""] = /href="([^"]*\/abort)"/.exec(page) ?? [];
    const [, action = ""] = /action="([^"]*)"/.exec(page) ?? [];
    const [, prompt = ""] = /name="prompt" value="([^"]*)"/.exec(page) ?? [];
    response =
      login === null
        ? await ask(new URL(abort, url).href)
        : await ask(new URL(action, url).href, { prompt, ...(prompt === "login" ? { login, password: "any" } : {}) });
  }
  return assert.fail(`never led back: ${url}`);
}

/** From our sign-in page to the provider and back, in one browser. */
async function signInThere(door: ADoor, login: string | null, to = ""): Promise<Response> {
  const left = await door.get(`/office/sign-in/provider${to}`);
  assert.equal(left.status, 303);
  const back = new URL(await atTheProvider(left.headers.get("location") ?? "", login));
  return door.get(back.pathname + back.search, cookiesOf(left));
}

async function bind({ town, cast, at }: ATown, provider: IdentityProvider, subject: string): Promise<void> {
  const officer = { officer: cast.qianWen.id, version: null };
  await bindSubject(town, cast.zhouXi, at, { ...officer, issuer: provider.issuer, subject });
  await grantSubject(town, cast.wuAn, at, officer);
}

test("an officer whose account is bound signs in at the provider, and is led where they wanted to go", async (t) => {
  const a = await aTown(t);
  const { provider } = await aProvider(t);
  const door = aDoor(a, { identityProvider: provider });
  const page = await (await door.get("/office/sign-in")).text();
  await assertValid(page, "sign-in with a provider");
  assert.ok(page.includes("/office/sign-in/provider") && textOf(page).includes("用统一身份认证登录"));
  await bind(a, provider, "qian.wen");
  const signed = await signInThere(door, "qian.wen", "?to=%2Foffice%2Fprofile");
  assert.equal(signed.headers.get("location"), "/office/profile");
  assert.ok(textOf(await (await door.get("/office/profile", cookiesOf(signed))).text()).includes("钱文"));
  const officer = { officer: a.cast.qianWen.id, version: null };
  await freeSubject(a.town, a.cast.zhouXi, a.at, officer);
  assert.equal((await door.get("/office/profile", cookiesOf(signed))).status, 303, "what the provider began has ended");
  assert.equal((await signInThere(door, "qian.wen")).status, 403);
});

test("an identity that is bound to no account, or only asked for, gets no further, and is told its number", async (t) => {
  const a = await aTown(t);
  const { provider } = await aProvider(t);
  const door = aDoor(a, { identityProvider: provider });
  const ask = { officer: a.cast.qianWen.id, version: null, issuer: provider.issuer, subject: "qian.wen" };
  await bindSubject(a.town, a.cast.zhouXi, a.at, ask);
  for (const login of ["qian.wen", "stranger"]) {
    const back = await signInThere(door, login);
    assert.equal(back.status, 403);
    const page = await back.text();
    await assertValid(page, "an identity nobody bound");
    assert.ok(textOf(page).includes(`编号 ${login}`));
  }
  assert.deepEqual(await a.town.db.selectFrom("people.session").select("account").execute(), []);
});

test("the second step stays where the officer set one", async (t) => {
  const a = await aTown(t);
  const { town, cast, at } = a;
  const { provider } = await aProvider(t);
  const door = aDoor(a, { identityProvider: provider });
  await bind(a, provider, "qian.wen");
  await proposeTotp(town, accountOf(cast.qianWen), at, { issuer: "示例镇" });
  const secret = (await transact(town, (town) => lockSecret(town, cast.qianWen.id)))?.secret ?? Buffer.alloc(0);
  await setTotp(town, accountOf(cast.qianWen), at, { code: hotp(secret, stepOf(at)) });
  const signed = await signInThere(door, "qian.wen");
  assert.equal(signed.headers.get("location"), "/office/second-step?to=%2Foffice");
  assert.equal((await door.get("/office/profile", cookiesOf(signed))).status, 303);
});

test("who turns away at the provider, comes back in another browser, or twice, is not in", async (t) => {
  const a = await aTown(t);
  const { provider } = await aProvider(t);
  const door = aDoor(a, { identityProvider: provider });
  await bind(a, provider, "qian.wen");
  const away = await signInThere(door, null);
  assert.equal(away.status, 403);
  assert.ok(textOf(await away.text()).includes("没有确认您的身份"));
  const left = await door.get("/office/sign-in/provider");
  const back = new URL(await atTheProvider(left.headers.get("location") ?? "", "qian.wen"));
  const path = back.pathname + back.search;
  assert.equal((await door.get(path)).headers.get("location"), "/office/sign-in", "another browser");
  const other = await door.get("/office/sign-in/provider");
  assert.equal((await door.get(path, cookiesOf(other))).status, 403, "a flow of somebody else's");
  assert.equal((await door.get(path, cookiesOf(left))).headers.get("location"), "/office");
  assert.equal((await door.get(path, cookiesOf(left))).status, 403, "a code is good once");
});

test("a provider that does not answer is said in words, and the password goes on working", async (t) => {
  const a = await aTown(t);
  const { provider, server } = await aProvider(t);
  server.close();
  server.closeAllConnections();
  const door = aDoor(a, { identityProvider: provider });
  const back = await door.get("/office/sign-in/provider");
  assert.equal(back.status, 503);
  assert.ok(textOf(await back.text()).includes("统一身份认证现在连不上"));
  const english = textOf(await (await door.get("/office/sign-in/provider", "lang=en")).text());
  assert.ok(english.includes("The identity provider cannot be reached right now"));
});

test("without a provider there is no button, and its addresses lead to the sign-in page", async (t) => {
  const door = aDoor(await aTown(t));
  assert.ok(!(await (await door.get("/office/sign-in")).text()).includes("/office/sign-in/provider"));
  for (const path of ["/office/sign-in/provider", "/office/sign-in/provider/back?code=x&state=y"])
    assert.match((await door.get(path)).headers.get("location") ?? "", /^\/office\/sign-in(\?|$)/);
});

test("binding is asked for by one administrator and granted by the other, never for oneself", async (t) => {
  const a = await aTown(t);
  const { town, cast, at } = a;
  const what = { officer: cast.qianWen.id, version: null };
  const bound = { ...what, issuer: "https://id.example", subject: "qian.wen" };
  const no = (code: string, act: Promise<unknown>) => assert.rejects(act, { code });
  await no("officer/not-allowed", bindSubject(town, cast.wuAn, at, bound));
  await no("officer/self", bindSubject(town, cast.zhouXi, at, { ...bound, officer: cast.zhouXi.id }));
  await no("subject/none-asked", grantSubject(town, cast.wuAn, at, what));
  await bindSubject(town, cast.zhouXi, at, bound);
  await no("officer/not-allowed", grantSubject(town, cast.zhouXi, at, what));
  await no("subject/bound", bindSubject(town, cast.zhouXi, at, { ...bound, officer: cast.wuJie.id }));
  await grantSubject(town, cast.wuAn, at, what);
  await no("subject/none-asked", grantSubject(town, cast.wuAn, at, what));
});
