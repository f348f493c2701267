import type { Words } from "#words/words";

export const paste: Words["people"]["paste"] = {
  into: {
    units: {
      title: "Units: paste from a table",
      list: "Units",
      hint: "Columns: 名称 name, 类型 kind, 上级单位 stands under, 英文名 name in English. Without a kind the name decides; a unit may stand under one of the rows above.",
    },
    villages: {
      title: "Villages: paste from a table",
      list: "Villages",
      hint: "Columns: 村名 name, 区划代码 code, 经度 longitude, 纬度 latitude, 英文名 name in English. The name alone will do.",
    },
    people: {
      title: "Officers: paste from a table",
      list: "People and duties",
      hint: "Columns: 姓名 name, 登录名 login, 单位 unit, 职务 title. A login never changes; the unit is named as it is on the list of units.",
    },
  },
  short: "Paste from a table",
  under: "Choose columns in Excel or WPS, copy, paste below; you see every row before it is kept",
  label: "Paste here, with the heads of the columns",
  look: "Look",
  lookAgain: "Changed: look again",
  nothing: "No row was found: copy some from a table and paste them here",
  tooLong: (most) => `At most ${most} rows at once: paste them in parts`,
  ignored: (heads) => `Columns not used: ${heads}`,
  row: "Row",
  becomes: "What becomes of it",
  is: { keep: "Kept", ask: "In doubt", doubt: "In doubt", not: "Not kept" },
  fields: {
    nameZh: "Name",
    nameEn: "Name in English",
    code: "Code",
    lon: "Longitude",
    lat: "Latitude",
    kind: "Kind",
    parent: "Stands under",
    name: "Name",
    login: "Login",
    unit: "Unit",
    titleZh: "Title",
    titleEn: "Title in English",
  },
  sum: "adds up the others",
  there: "is there already",
  sameAs: (line) => `the same as row ${line}`,
  like: (name) => `looks like “${name}”`,
  namesake: "the town has somebody of this name",
  noSuchUnit: "There is no such unit: add it first, or name one that is there",
  alsoKeep: (line) => `Not the same: keep row ${line} too`,
  keep: (count, waits) => (waits === 0 ? `Keep ${count}` : `Keep ${count}, leave ${waits} in doubt`),
  keepTicked: "Keep what is ticked",
  sums: (all, keep, waits, not) =>
    `${all} rows: ${keep} kept · ${waits} in doubt · ${not} not kept. What is ticked is kept too; names can be changed later, and retired.`,
  kept: (count) => `Kept: ${count}. Those in doubt stand below: mend them and keep them.`,
};

export const slips: Words["people"]["slips"] = {
  title: {
    first: (count: number) => `Slips with the first half of a password: ${count}`,
    second: (count: number) => `Slips with the second half of a password: ${count}`,
  },
  under: "Shown only now: print, cut apart, hand each to its owner",
  print: (count) => `Print slips: ${count}`,
  next: {
    first:
      "The accounts are there, and closed: the security administrator grants duties and confirms the passwords (“Several at once”), and prints the second halves.",
    second: "Both halves together sign in, and must be changed first.",
  },
  lost: "For a slip that is lost the system administrator asks anew on that officer's page; on the server, npx sanwen officer reset --login LOGIN does it too.",
  copy: "Copy",
  copied: "Copied",
  half: { first: "First half", second: "Second half" },
  how: {
    first: "The security administrator gives the second half. Join them by a dash; choose a password after signing in.",
    second: "Join it to the first half by a dash; choose a password after signing in.",
  },
};

export const together: Words["people"]["together"] = {
  title: "Several at once: duties and temporary passwords",
  under: "Tick and save once; duties are taken back on each officer's own page.",
  who: "Officer",
  duties: "Duties",
  password: "Temporary password",
  confirm: "Confirm: its owner was asked",
  none: "None waits",
  send: "Save what is ticked",
  nothing: "Nothing is ticked",
  refused: (name, why) => `${name}: ${why}`,
};
