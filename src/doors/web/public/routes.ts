import { feedRoutes } from "./feed.ts";
import { figureRoutes } from "./figures.ts";
import { fileRoutes } from "./files.ts";
import { flagRoutes } from "./flags.ts";
import { foundByRoutes } from "./found-by.ts";
import { guideRoutes } from "./guides.ts";
import { homeRoutes } from "./home.ts";
import { ledgerRoutes } from "./ledger.ts";
import { logRoutes } from "./log/pages.ts";
import { problemRoutes } from "./problem.ts";
import { programRoutes } from "./programs.ts";
import { receiptRoutes } from "./receipt.ts";
import { reportRoutes } from "./report/routes.ts";
import { trackRoutes } from "./track/routes.ts";
import { viewRoutes } from "./view.ts";

/** Every page of this side of the house. */
export const publicRoutes = [
  ...homeRoutes,
  ...ledgerRoutes,
  ...feedRoutes,
  ...problemRoutes,
  ...figureRoutes,
  ...fileRoutes,
  ...flagRoutes,
  ...logRoutes,
  ...guideRoutes,
  ...programRoutes,
  ...viewRoutes,
  ...foundByRoutes,
  ...receiptRoutes,
  ...reportRoutes,
  ...trackRoutes,
];
