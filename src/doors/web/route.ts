import type { Entry } from "#doors/enter";
import { askedBy, methodOf, pathOf, patternOf, type AskedIn, type RouteName } from "#doors/route-name";
import { mayEnter, type Entrance } from "./access.ts";
import { notFoundPage } from "./error-pages.ts";
import type { Visit } from "./visit.ts";

export type Visited = { Variables: { visit: Visit; entry: Entry } };
export type Page = (visit: Visit) => Response | Promise<Response>;

export type Route<Name extends RouteName = RouteName> = Entrance & {
  readonly name: Name;
  readonly method: string;
  readonly path: string;
  /** Fits the paths it answers. */
  readonly pattern: RegExp;
  /** Answers whoever may enter; an address that means nothing is not found. */
  readonly answer: Page;
};

/** The routes of this door, by name. */
export type Routes = ReadonlyMap<RouteName, Route>;

/**
 * Declares a route: its address, who may enter, what a request may cost, and its page, which is given what the address asks for, read
 * (`#doors/route-name`). Nothing else opens a page, and the tests that walk every route walk what is declared.
 */
export function route<Name extends RouteName>(
  name: Name,
  entrance: Entrance,
  page: (visit: Visit, asked: AskedIn<Name>) => Response | Promise<Response>,
): Route<Name> {
  const askedOf = askedBy(name);
  return {
    ...entrance,
    name,
    method: methodOf(name),
    path: pathOf(name),
    pattern: patternOf(name),
    answer(visit) {
      const asked = askedOf((parameter) => visit.context.req.param(parameter));
      return asked === null ? notFoundPage(visit) : page(visit, asked);
    },
  };
}

/** Whether the visit's officer may open a page or send a form. */
export function mayOpen({ routes, officer }: Visit, name: RouteName): boolean {
  const { who } = routes.get(name) ?? absent(name);
  return officer !== null && mayEnter(officer, who);
}

function absent(name: RouteName): never {
  throw new Error(`couldn't say who may open ${name}: there is no such route`);
}
