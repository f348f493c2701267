import { BindSubject, bindSubject } from "#people/bind-subject";
import { FreeSubject, freeSubject } from "#people/free-subject";
import { GrantSubject, grantSubject } from "#people/grant-subject";
import { Refusal } from "#refusals";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { act } from "./officer.ts";

/** Which identity at the provider opens an account. */
export const subjectRoutes = [
  route("POST /office/people/:officer/subject", { who: "keep-accounts", kind: "act" }, (visit, asked) => {
    const bind = act("subject.bind", "subjectAsked", BindSubject, (town, by, at, what) =>
      bindSubject(town, by, at, { ...what, issuer: issuerOf(visit) }),
    );
    return bind(visit, asked);
  }),
  route(
    "POST /office/people/:officer/subject/grant",
    { who: "keep-duties", kind: "act" },
    act("subject.grant", "subjectGranted", GrantSubject, grantSubject),
  ),
  route(
    "POST /office/people/:officer/subject/free",
    { who: "see-accounts", kind: "act" },
    act("subject.free", "subjectFreed", FreeSubject, freeSubject),
  ),
];

/** The provider of this deployment; without one nothing can be bound to it. */
function issuerOf({ program: { identityProvider } }: Visit): string {
  if (identityProvider === null) throw new Refusal("subject/none-asked");
  return identityProvider.issuer;
}
