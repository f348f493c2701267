import type { Words } from "#words/words";
import { api } from "./api.ts";
import { cli } from "./cli.ts";
import { common } from "./common.ts";
import { desk } from "./desk.ts";
import { events } from "./events.ts";
import { figures } from "./figures.ts";
import { flags } from "./flags.ts";
import { guides } from "./guides.ts";
import { office } from "./office.ts";
import { people } from "./people.ts";
import { publicLog } from "./public-log.ts";
import { publicSide } from "./public.ts";
import { refusals } from "./refusals.ts";
import { report } from "./report.ts";
import { sealed } from "./sealed.ts";
import { way } from "./way.ts";

export const en: Words = {
  api,
  cli,
  common,
  desk,
  events,
  figures,
  flags,
  guides,
  office,
  people,
  publicLog,
  publicSide,
  refusals,
  report,
  sealed,
  way,
};
