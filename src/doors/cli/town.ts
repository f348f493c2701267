import { AddTown, addTown } from "#people/add-town";
import { addUnit } from "#people/add-unit";
import { nameLog } from "#log/name-log";
import { originOf } from "#platform/settings";
import { transact } from "#platform/town";
import { furnishTown } from "#limits/furnish-town";
import { meant, textFlags } from "./flags.ts";
import { Misused, type Command, type Roof } from "./roof.ts";
import { townOf } from "./towns.ts";

const FLAG_OF = { id: "id", prefix: "prefix", nameZh: "name-zh", nameEn: "name-en", host: "host" };

export function townCommand([act, ...args]: readonly string[]): Command {
  switch (act) {
    case "list":
      textFlags(args, []);
      return list;
    case "add": {
      const flags = textFlags(args, Object.values(FLAG_OF));
      const fields = {
        id: flags["id"],
        prefix: flags["prefix"],
        nameZh: flags["name-zh"],
        nameEn: flags["name-en"],
        demo: false,
        ...(flags["host"] === undefined ? {} : { host: flags["host"] }),
      };
      const what = meant(AddTown, fields, FLAG_OF);
      return (roof) => add(roof, what);
    }
    case undefined:
    default:
      throw new Misused("town 之后应为 add 或 list / After town comes add or list");
  }
}

async function list(roof: Roof): Promise<number> {
  const towns = await roof.visit(({ db }) =>
    db.selectFrom("people.town").select(["town", "prefix", "name_zh", "name_en", "host"]).orderBy("added_at").execute(),
  );
  for (const { town, prefix, name_zh, name_en, host } of towns) roof.print([town, prefix, name_zh, name_en, host ?? "-"].join("\t"));
  if (towns.length === 0) roof.print("还没有镇 / There is no town yet");
  return 0;
}

/** A town with what every town starts with and one unit of its name, so that officers have somewhere to belong. */
async function add(roof: Roof, what: AddTown): Promise<number> {
  const at = roof.now();
  await roof.visit(async (house) => {
    const town = townOf(house, what.id);
    await transact(town, async (place) => {
      const town = await addTown(place, at, what);
      await furnishTown(town, at);
      await addUnit(town, null, at, { nameZh: what.nameZh, nameEn: what.nameEn, kind: "department", parent: null });
    });
    await nameLog(town, house.notary, originOf(roof.settings));
  });
  roof.print(`已添加 ${what.nameZh}（${what.id}） / Added ${what.nameEn} (${what.id})`);
  return 0;
}
