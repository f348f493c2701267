import { get } from "node:http";

export type Weight = { readonly name: string; readonly kb: number };

/** What crosses the wire for a visitor whose browser takes gzip. */
export async function weightsOf(origin: string, pages: readonly string[]): Promise<readonly Weight[]> {
  const weights: Weight[] = [];
  for (const path of pages) weights.push({ name: path.replace(/\?.*/, ""), kb: (await fetched(origin + path)).bytes / 1024 });
  const page = await (await fetch(`${origin}/ledger`)).text();
  const css = /href="(\/assets\/[^"]+\.css)"/.exec(page)?.[1];
  if (css !== undefined) weights.push({ name: "CSS", kb: (await fetched(origin + css)).bytes / 1024 });
  return weights;
}

function fetched(url: string): Promise<{ readonly bytes: number }> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { "accept-encoding": "gzip" } }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => (bytes += chunk.length));
      response.on("end", () =>
        response.statusCode === 200 ? resolve({ bytes }) : reject(new Error(`couldn't weigh ${url}: it answers ${response.statusCode}`)),
      );
    }).on("error", reject);
  });
}
