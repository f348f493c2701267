import { DETECTOR } from "#detector/detector";
import type { Follower } from "#log/follower";
import { TALLIES } from "#publication/follow-tallies";

/** Everything that follows the towns' logs. */
export const FOLLOWERS: readonly Follower[] = [TALLIES, DETECTOR];
