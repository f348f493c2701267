import { checkRoutes } from "./check.ts";
import { contactRoutes } from "./contact.ts";
import { photosRoutes } from "./photos.ts";
import { startRoutes } from "./start.ts";
import { whatRoutes } from "./what.ts";
import { whereRoutes } from "./where.ts";

/** Everything between "I have a problem" and a receipt. */
export const reportRoutes = [...startRoutes, ...whatRoutes, ...whereRoutes, ...photosRoutes, ...contactRoutes, ...checkRoutes];
