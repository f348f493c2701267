import { calendarRoutes } from "./calendar.ts";
import { campaignRoutes } from "./campaigns.ts";
import { categoryRoutes } from "./categories.ts";
import { keyRoutes } from "./keys.ts";
import { officerRoutes } from "./officer.ts";
import { officersRoutes } from "./officers.ts";
import { openingRoutes } from "./opening.ts";
import { pasteRoutes } from "./paste/routes.ts";
import { policyRoutes } from "./policy.ts";
import { receiverRoutes } from "./receivers.ts";
import { standardAnswerRoutes } from "./standard-answers.ts";
import { subjectRoutes } from "./subject.ts";
import { temporaryPasswordRoutes } from "./temporary-password.ts";
import { townRoutes } from "./town.ts";
import { togetherRoutes } from "./together.ts";
import { unitRoutes } from "./units.ts";
import { villageRoutes } from "./villages.ts";

/** Accounts, units, villages, campaigns, rules. */
export const peopleRoutes = [
  ...pasteRoutes,
  ...togetherRoutes,
  ...officersRoutes,
  ...officerRoutes,
  ...temporaryPasswordRoutes,
  ...subjectRoutes,
  ...keyRoutes,
  ...openingRoutes,
  ...townRoutes,
  ...unitRoutes,
  ...villageRoutes,
  ...campaignRoutes,
  ...categoryRoutes,
  ...standardAnswerRoutes,
  ...receiverRoutes,
  ...calendarRoutes,
  ...policyRoutes,
];
