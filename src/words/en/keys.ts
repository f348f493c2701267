import type { Words } from "#words/words";

export const keys: Words["people"]["keys"] = {
  name: "Name",
  prefix: "Key begins with",
  seen: "Last used",
  never: "never used",
  expires: "Good until",
  expiresHint: "Two years at most",
  may: "What it may do",
  capabilities: { "send-reports": "Send reports in its own name" },
  revoke: "Take the key back",
  revokedOn: "taken back on",
  shownTitle: "A new key",
  shownHint:
    "It is shown this once: hand it on now. A program sends it as Bearer in the Authorization header; if it is lost, take it back and make another.",
  programs: {
    title: "Programs",
    under: "Programs that send to the town in their own name, a key each",
    add: "Add a program",
    nameHint: "How the log and the desks call it, such as “12345 hotline system”",
    kind: "Channel",
    kindHint: "What it sends is kept as having come this way",
  },
  devices: {
    title: "Devices",
    under: "Phones of rounds and stations, a key each",
    add: "Add a device",
    nameHint: "Such as “round phone 3”",
    kind: "Kind",
    kindHint: "What a phone sends is kept as patrol, what a station sends as sensor",
    kinds: { phone: "Phone", station: "Station" },
  },
};
