import { DETECTOR } from "#detector/detector";
import type { Follower } from "#log/follower";

/** Everything that follows the towns' logs. */
export const FOLLOWERS: readonly Follower[] = [DETECTOR];
