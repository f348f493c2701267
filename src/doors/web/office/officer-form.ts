import { accountOf, type Account } from "#people/account";
import type { Officer } from "#people/officer";
import type { Visit } from "#doors/web/visit";

/** The officer behind a page that only officers enter (`route`). */
export function signedIn(visit: Visit): Officer {
  if (visit.officer === null) throw new Error("couldn't find the officer: the route is open to anyone");
  return visit.officer;
}

/** What they signed in with. */
export function accountIn(visit: Visit): Account {
  return accountOf(signedIn(visit));
}
