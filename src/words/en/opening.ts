import type { Words } from "#words/words";

const system = "The system administrator does this";
const security = "The security administrator does this";
const places = "The office or the system administrator does this";

const steps: Words["people"]["opening"]["steps"] = {
  town: {
    name: "About the town",
    why: "Without a telephone residents don't know whom to ask",
    missing: () => "No telephone",
    done: ({ names }) => names,
    go: "Fill in",
    whose: system,
  },
  units: {
    name: "Units",
    why: "With a single unit no problem can be given to another",
    missing: ({ count }) => `Only ${count}`,
    done: ({ count }) => `${count}`,
    go: "Paste",
    whose: places,
  },
  villages: {
    name: "Villages",
    why: "Without villages nobody can say where it is",
    missing: () => "None yet",
    done: ({ count }) => `${count}`,
    go: "Paste",
    whose: places,
  },
  people: {
    name: "Officers",
    why: "Nobody signs in without an account and a password",
    missing: ({ count, names }) => (names === "" ? `Only the first ${count}` : `Without a password: ${names}`),
    done: ({ count }) => `${count}, each with a password`,
    go: "Paste",
    whose: system,
  },
  idle: {
    name: "Officers without a duty",
    why: "They sign in and have nothing to do; the security administrator grants duties",
    missing: ({ count, names }) => `${count}: ${names}`,
    done: () => "None: everybody has one",
    go: "Grant",
    whose: security,
  },
  duties: {
    name: "Duties without an officer",
    why: "A problem stops where nobody holds the duty",
    missing: ({ names }) => `Nobody yet: ${names}`,
    done: () => "None: each is somebody's",
    go: "Grant",
    whose: security,
  },
  leaders: {
    name: "Leaders",
    why: "Without a leader no problem can be assigned",
    missing: () => "Not one",
    done: ({ count }) => `${count}`,
    go: "Grant",
    whose: security,
  },
  categories: {
    name: "Categories and limits",
    why: "Without a category a report has no limit",
    missing: () => "None yet",
    done: ({ count }) => `${count}`,
    go: "Look",
    whose: system,
  },
  sealed: {
    name: "Sealed categories and their receivers",
    why: "Without one, everybody in the office reads what is reported about officers",
    missing: () => "None yet: seal a category such as reports of wrongdoing, and name its receivers",
    done: ({ count }) => `${count}`,
    go: "Name them",
    whose: system,
  },
  calendar: {
    name: "Working days",
    why: "Without a calendar due days wait for it",
    missing: ({ names }) => `${names} missing`,
    done: () => "There",
    go: "Import",
    whose: system,
  },
  campaign: {
    name: "Campaigns",
    why: "A town can do without",
    missing: () => "None yet",
    done: ({ count }) => (count === 0 ? "None now, and none needed" : `${count} running`),
    go: "Look",
    whose: "The office or the secretary does this",
  },
  secondStep: {
    name: "Second step",
    why: "For the three who keep accounts, duties and the log a password is not enough",
    missing: ({ names }) => `Off: ${names}`,
    done: () => "On for all three",
    go: "Turn on your own",
    whose: "Each of the three does this",
  },
  backup: {
    name: "Backup",
    why: "Nobody knows whether a backup works that never came back",
    missing: ({ names }) => (names === "" ? "Never tried" : `Last tried ${names}, over a year ago`),
    done: ({ names }) => `Came back on ${names}`,
    go: "Tried? Say so",
    whose: system,
  },
};

export const opening: Words["people"]["opening"] = {
  title: "Opening a town",
  under: (done, of) => `${done} of ${of} done. When nothing is missing the list leaves the first page`,
  missing: (count) => `Still missing: ${count}`,
  missingSteps: (count, steps) => `${count} still missing: ${steps}`,
  done: (count) => `Done: ${count}`,
  complete: "All done",
  steps,
  backupHow:
    "How to back up and restore stands in docs/operations/backup.md of the program: database, files, what was signed, and the key file, each in a place of its own. Restore it once on another machine, see the ledger there, then press below.",
  restored: "Tried today, and it came back",
};
