import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Db } from "#platform/town";

/**
 * The one-time link of the set-up page. Only the hash of its token stays in memory; it opens nothing once a town exists,
 * whoever made that town: the page, the demo, or the command line beside us.
 */
export async function setUpLink(db: Db) {
  const token = randomBytes(24).toString("base64url");
  const hash = hashOf(token);
  let isOpen = !(await hasTown(db));
  return {
    token,
    isOpen: () => isOpen,
    isSetUpToken: (tried: string) => isOpen && timingSafeEqual(hashOf(tried), hash),
    /** To be asked before each request to the set-up page. */
    async closeWhenTownExists() {
      if (isOpen) isOpen = !(await hasTown(db));
    },
  };
}

export type SetUpLink = Awaited<ReturnType<typeof setUpLink>>;

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

async function hasTown(db: Db): Promise<boolean> {
  return (await db.selectFrom("people.town").select("town").limit(1).executeTakeFirst()) !== undefined;
}
