import { officeRoutes } from "./office/routes.ts";
import { publicRoutes } from "./public/routes.ts";

/** Every route of this door, as its pages declare it. */
export const ROUTES = [...publicRoutes, ...officeRoutes];

export type WebRoute = (typeof ROUTES)[number]["name"];
