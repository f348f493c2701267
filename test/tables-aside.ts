import type { Table } from "#audit/rows";

const SECRET = "secret, or gone with a session; no page shows it";
const SEALED = "sealed in the vault, by a key that no superuser of the database has";
const LOG = "the log itself, which is verified from its signatures up";
const PASSING = "there for hours or days; no page is drawn from it";
const OWN_SCREEN = "an officer's own screen, which says nothing of the town";
const APART = "seen by its receivers alone: its events have no leaves, the log commits to them by the day";
const COUNTED = "counted again from events";

/** Tables that no event tells, each with the reason. */
export const TABLES_ASIDE = {
  "audit.event": LOG,
  "audit.private_text": LOG,
  "audit.sealed_event": "without leaves: the log commits to them by the day",
  "audit.sealed_subject": APART,
  "audit.waiting": LOG,
  "detector.awaited": PASSING,
  "evidence.file": "the files themselves are known by their hashes (doctor --deep)",
  "evidence.original": SEALED,
  "evidence.redaction": "the events about files are sealed by hash",
  "evidence.upload": PASSING,
  "evidence.use": "acts tell the hashes of the photos they used, covers and ends of uses are sealed: a use slipped in by hand is not found",
  "intake.draft": PASSING,
  "intake.slip": "keyed hashes of receipt codes",
  "intake.me_too": "keyed hashes, that a device counts once",
  "intake.retention": "made of the categories",
  "intake.sealed_report": APART,
  "intake.sealed_word": APART,
  "intake.sending": PASSING,
  "ledger.number_given": "the numbers of problems themselves",
  "log.checkpoint": LOG,
  "log.cursor": "how far each follower of the log has come",
  "log.leaf": LOG,
  "log.set_aside": "what a follower of the log could not take, until it is taken again",
  "log.tile": LOG,
  "log.tree": LOG,
  "people.bound_subject": "administrators alone are shown it, beside its events",
  "office.call_back": "follows from what happened to problems; doctor --deep judges it anew",
  "office.chosen_columns": OWN_SCREEN,
  "office.list_view": OWN_SCREEN,
  "office.settled": PASSING,
  "office.waiting": "follows from what happened to problems; doctor --deep judges it anew",
  "people.credential": SECRET,
  "people.former_unit": "told by the officer's events",
  "people.known_device": SECRET,
  "people.past_password": SECRET,
  "people.recovery_code": SECRET,
  "people.session": SECRET,
  "people.sign_in_gate": SECRET,
  "people.temporary_password": SECRET,
  "people.totp": SECRET,
  "platform.form_key": PASSING,
  "platform.master_key": SECRET,
  "platform.migration": "what was done to the schema",
  "platform.network_mark": PASSING,
  "proof.cosignature": LOG,
  "proof.verified": "when we last verified the log ourselves: whoever doubts it verifies it again",
  "proof.watched": LOG,
  "proof.witness": LOG,
  "publication.tally": COUNTED,
  "verification.flag_count": "counts the flags by their states",
  "vault.erasure": SEALED,
  "vault.field": SEALED,
  "vault.holding": SEALED,
  "vault.look": SEALED,
  "vault.search": SEALED,
  "vault.unsorted": SEALED,
} as const satisfies { readonly [T in Table]?: string };
