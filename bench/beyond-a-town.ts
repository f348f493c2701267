import { BOUNDS } from "#doors/bounds";

/** Preloaded by the program under the bench: reports come faster here than a town's bound lets them. What counting them costs stays. */
Object.assign(BOUNDS.report, { perTown: { ...BOUNDS.report.perTown, tries: Number.MAX_SAFE_INTEGER } });
