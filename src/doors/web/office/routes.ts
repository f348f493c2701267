import { callBackRoutes } from "./callbacks/callback-pages.ts";
import { callRoutes } from "./calls/call-pages.ts";
import { deskRoutes } from "./desk/desk-pages.ts";
import { flagPageRoutes } from "./flags/flag-pages.ts";
import { helpRoutes } from "./help.ts";
import { inboxRoutes } from "./inbox/inbox-pages.ts";
import { triageRoutes } from "./inbox/triage-pages.ts";
import { ledgerListRoutes } from "./ledger/bulk-pages.ts";
import { logRoutes } from "./log/log.ts";
import { mondayRoutes } from "./monday/monday-pages.ts";
import { passwordRoutes } from "./password.ts";
import { sealedRoutes } from "./sealed/sealed-pages.ts";
import { paperRoutes } from "./papers/paper-pages.ts";
import { peopleRoutes } from "./people/routes.ts";
import { photoRoutes } from "./photos/photo-pages.ts";
import { profileRoutes } from "./profile.ts";
import { providerSignInRoutes } from "./provider-sign-in.ts";
import { redactRoutes } from "./redact/redact-pages.ts";
import { recoveryCodeRoutes } from "./recovery-codes.ts";
import { secondStepRoutes } from "./second-step.ts";
import { sessionRoutes } from "./sessions.ts";
import { signInRoutes } from "./sign-in.ts";
import { todayRoutes } from "./today.ts";
import { viewRoutes } from "./views/view-pages.ts";

/** Every page of this side of the house. */
export const officeRoutes = [
  ...signInRoutes,
  ...providerSignInRoutes,
  ...secondStepRoutes,
  ...passwordRoutes,
  ...helpRoutes,
  ...profileRoutes,
  ...recoveryCodeRoutes,
  ...sessionRoutes,
  ...todayRoutes,
  ...callRoutes,
  ...callBackRoutes,
  ...inboxRoutes,
  ...triageRoutes,
  ...sealedRoutes,
  ...ledgerListRoutes,
  ...viewRoutes,
  ...mondayRoutes,
  ...deskRoutes,
  ...flagPageRoutes,
  ...paperRoutes,
  ...photoRoutes,
  ...redactRoutes,
  ...peopleRoutes,
  ...logRoutes,
];
