import { numberOf } from "#ledger/problem-number";
import { isId } from "#platform/ids";

/** A route as it is called everywhere: its method and its path, with a `:parameter` where an address says what is asked for. */
export type RouteName = `${"GET" | "POST"} /${string}`;

/** What may stand in an address in a parameter's place, by the parameter's name: what it means, or null when it means nothing. */
const PARAMETERS = {
  answer: anId,
  campaign: anId,
  category: anId,
  flag: anId,
  device: anId,
  officer: anId,
  program: anId,
  question: anId,
  report: anId,
  session: anId,
  unit: anId,
  view: anId,
  village: anId,
  /** `new` stands where a theme's id would, for the page that adds one. */
  theme: (said: string) => (said === "new" ? said : anId(said)),
  /** Of a problem, as it is written on the ledger. */
  number: numberOf,
  /** Its place in the log. */
  leaf: (said: string) => (/^(0|[1-9]\d{0,14})$/.test(said) ? Number(said) : null),
  sha256: (said: string) => (/^[0-9a-f]{64}$/.test(said) ? said : null),
  figure: asSaid,
  file: asSaid,
  kind: asSaid,
  name: asSaid,
  token: asSaid,
} as const;

type Parameter = keyof typeof PARAMETERS;

type NameOf<Segment> = Segment extends `:${infer Name}` ? Name : never;
type NamesIn<Path> = Path extends `${infer Segment}/${infer Rest}` ? NameOf<Segment> | NamesIn<Rest> : NameOf<Path>;

/** What an address of a route asks for, by parameter. */
export type AskedIn<Name extends RouteName> = Name extends RouteName
  ? { readonly [P in NamesIn<Name>]: P extends Parameter ? NonNullable<ReturnType<(typeof PARAMETERS)[P]>> : never }
  : never;

/** Reads what an address of this route asks for; null when a parameter means nothing: there is no such address. */
export function askedBy<Name extends RouteName>(name: Name): (said: (parameter: string) => string | undefined) => AskedIn<Name> | null {
  const parameters = parametersIn(name);
  const isWhole = (asked: unknown): asked is AskedIn<Name> =>
    typeof asked === "object" && asked !== null && parameters.every((parameter) => Object.hasOwn(asked, parameter));
  return (said) => {
    const asked = Object.fromEntries(
      parameters.flatMap((parameter) => {
        const meant = PARAMETERS[parameter](said(parameter) ?? "");
        return meant === null ? [] : [[parameter, meant] as const];
      }),
    );
    return isWhole(asked) ? asked : null;
  };
}

function parametersIn(name: RouteName): readonly Parameter[] {
  return [...name.matchAll(/:([^/]+)/g)].map(([, parameter = ""]) => {
    if (!isParameter(parameter)) throw new Error(`couldn't open ${name}: nothing says what :${parameter} may be`);
    return parameter;
  });
}

function isParameter(name: string): name is Parameter {
  return Object.hasOwn(PARAMETERS, name);
}

export function methodOf(name: RouteName): string {
  return name.slice(0, name.indexOf(" "));
}

export function pathOf(name: RouteName): string {
  return name.slice(name.indexOf(" ") + 1);
}

/** Fits every path of the route, whatever stands in the place of its parameters. */
export function patternOf(name: RouteName): RegExp {
  const path = pathOf(name)
    .replaceAll(".", "\\.")
    .replaceAll(/:[^/]+/g, "[^/]+")
    .replace("*", ".*");
  return new RegExp(`^${path}$`);
}

/** The routes of a door as they are asked in turn: a word before a parameter that could be that word. Two of one address do not open. */
export function inTurn<R extends { readonly name: RouteName }>(routes: readonly R[]): readonly R[] {
  const called = new Map<string, RouteName>();
  for (const { name } of routes) {
    const other = called.get(addressIn(name));
    if (other !== undefined) throw new Error(`couldn't open the door: ${other} and ${name} are one address`);
    called.set(addressIn(name), name);
  }
  return routes.toSorted((one, other) => (addressIn(one.name) < addressIn(other.name) ? -1 : 1));
}

/** The same for all names of one address; sorts behind every word where it stands for a parameter. */
function addressIn(name: RouteName): string {
  return name.replaceAll(/:[^/]+/g, "~").replace("*", "~~");
}

function anId(said: string): string | null {
  return isId(said) ? said : null;
}

function asSaid(said: string): string {
  return said;
}
