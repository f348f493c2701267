import assert from "node:assert/strict";
import { existsSync, globSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { floorOf, ROOMS, shipped, sources, SRC, targetFloor, WINGS, type Source } from "./floors.ts";

const DOORS = ["web", "api", "log", "cli", "worker"] as const;

const REFUSED_NAMES =
  /^(utils?|helpers?|common|types|constants|misc|shared|base|core|lib)(\.|-|$)|-(service|manager|helper|dto|impl|util)s?\./;

function found(complaints: readonly string[]): void {
  assert.deepEqual(complaints, []);
}

test("every folder of src is a floor of the house, and every room stands in its wing", () => {
  found([...new Set(sources.map((source) => source.floor))].filter((floor) => floorOf(floor) < 0));
  const folders = globSync("*/*/", { cwd: SRC }).map((path) => path.split("/"));
  const built = folders.filter(([wing = ""]) => wing in WINGS).map((parts) => parts.slice(0, 2).join("/"));
  const drawn = Object.entries(WINGS).flatMap(([wing, rooms]) => rooms.map((room) => `${wing}/${room}`));
  assert.deepEqual(built.filter((path) => !path.includes(".")).sort(), drawn.sort());
});

test("imports look only downstairs", () => {
  found(
    shipped.flatMap((source) =>
      source.imports
        .filter((specifier) => {
          const target = targetFloor(source, specifier);
          return target !== null && target !== "test" && floorOf(target) > floorOf(source.floor);
        })
        .map((specifier) => `${source.path} imports ${specifier}`),
    ),
  );
});

test("no product code imports a test", () => {
  found(
    shipped
      .filter((source) => source.imports.some((specifier) => specifier.startsWith("#test/") || specifier.includes(".test")))
      .map(({ path }) => path),
  );
});

test("folders are reached through their names, never by climbing", () => {
  found(sources.filter((source) => source.imports.some((specifier) => specifier.startsWith("../"))).map(({ path }) => path));
});

test("doors never import each other", () => {
  found(
    shipped.flatMap((source) => {
      const [floor, door] = source.path.split("/");
      if (floor !== "doors" || door === undefined) return [];
      return source.imports
        .filter((specifier) => DOORS.some((other) => other !== door && specifier.startsWith(`#doors/${other}/`)))
        .map((specifier) => `${source.path} imports ${specifier}`);
    }),
  );
});

test("a room speaks no HTML and no HTTP", () => {
  found(
    shipped
      .filter((source) => ROOMS.includes(source.floor))
      .flatMap((source) =>
        source.imports
          .filter((specifier) => /^(hono|@hono\/|node:http)/.test(specifier))
          .map((specifier) => `${source.path} imports ${specifier}`),
      ),
  );
});

test("writes stay home: only a room writes its own schema", () => {
  const writes = /(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*"([a-z]+)\.|(?:insert into|update|delete from)\s+([a-z]+)\.[a-z_]+/g;
  found(
    shipped.flatMap((source) =>
      [...source.text.matchAll(writes)]
        .map((match) => match[1] ?? match[2] ?? "")
        .filter((schema) => ["platform", ...ROOMS].includes(schema) && schema !== source.floor)
        .map((schema) => `${source.path} writes ${schema}`),
    ),
  );
});

test("nothing but the roof reads the environment", () => {
  found(shipped.filter((source) => source.floor !== "main" && /process\.env/.test(source.text)).map(({ path }) => path));
});

test("nothing in a room or a door reads the wall clock", () => {
  const clocked = /\bnew Date\(\)|\bDate\.now\(\)/;
  const inside = (source: Source) => source.floor !== "main" && source.floor !== "platform" && !source.path.startsWith("doors/cli/");
  found(shipped.filter((source) => inside(source) && clocked.test(source.text)).map(({ path }) => path));
});

test("no file carries a name that says nothing", () => {
  const excepted = (path: string) => /^words\/(zh|en)\/common\.ts$/.test(path);
  found(sources.map(({ path }) => path).filter((path) => REFUSED_NAMES.test(basename(path)) && !excepted(path)));
});

test("file names are kebab-case", () => {
  found(sources.map(({ path }) => path).filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.ts$/.test(basename(path))));
});

test("every wing and every room has its page", () => {
  const places = Object.entries(WINGS).flatMap(([wing, rooms]) => [wing, ...rooms.map((room) => `${wing}/${room}`)]);
  found(places.filter((place) => !existsSync(join(SRC, place, "README.md"))));
});

test("one command a file: the file that appends an event exports the function it is named after", () => {
  const camel = (path: string) => basename(path, ".ts").replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const isCommand = (source: Source) =>
    ROOMS.includes(source.floor) && source.imports.some((specifier) => specifier === "./events.ts") && /\bappendEvent\(/.test(source.text);
  found(
    shipped
      .filter(isCommand)
      .filter((source) => !new RegExp(`export async function ${camel(source.path)}\\w*\\(`).test(source.text))
      .map(({ path }) => path),
  );
});

test("a room appends events through its own kinds, which say who may read them", () => {
  const untyped = (source: Source) =>
    ROOMS.includes(source.floor) && /import \{[^}]*\bappendEvent\b[^}]*\} from "#audit\/append-event"/.test(source.text);
  found(shipped.filter(untyped).map(({ path }) => path));
});

test("queries are parameterised: nothing builds SQL from text", () => {
  const excepted = (path: string) => path.startsWith("platform/");
  found(shipped.filter((source) => /\bsql\.raw\(|\bsql\.lit\(/.test(source.text) && !excepted(source.path)).map(({ path }) => path));
});

test("pages carry no inline style and no inline script", () => {
  found(
    shipped
      .filter(
        (source) => source.path.startsWith("doors/web/") && /<[a-z][^>]*\sstyle="|<script(?![^>]*\ssrc=)|\son[a-z]+="/.test(source.text),
      )
      .map(({ path }) => path),
  );
});
