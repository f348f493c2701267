import { sql } from "kysely";
import { STANDING_TEXT } from "#audit/queries";
import type { Problem } from "#ledger/problem";
import { numberOf } from "#ledger/problem-number";
import type { Day } from "#platform/instant";
import { keptPlan } from "#platform/kept-plans";
import type { Town } from "#platform/town";
import { COLUMNS } from "./problem-columns.ts";
import { PUBLIC_VERB_NAMES, READ_EVENT } from "./public-verbs.ts";
import { asStoryEvent, type StoryEvent, type ToldEvent } from "./story-event.ts";

/** One entry of the ledger with everything the public may read of it. `version` is the directory's. */
export type Story = {
  readonly version: number;
  readonly problem: Problem;
  /** From the first to the latest. */
  readonly events: readonly StoryEvent[];
  readonly evidence: readonly PublicEvidence[];
  /** Photos that were blacked out in part, or withdrawn, from the first to the latest; the reason is public. */
  readonly coverings: readonly Covering[];
  /** The notice of this round while it is verified or closed: anyone may object until the end of `lastDay`. */
  readonly notice: { readonly postedAt: Date; readonly lastDay: Day | null } | null;
  readonly objections: readonly PublicObjection[];
  readonly extensions: readonly PublicExtension[];
  readonly lookBacks: readonly { readonly dueOn: Day; readonly outcome: "held" | "relapsed" | null; readonly finding: string | null }[];
  /** Why, for as long as it is suspended. */
  readonly suspension: { readonly reason: string; readonly resumeOn: Day } | null;
  /** Why, when it was dismissed. */
  readonly dismissal: { readonly ground: "untrue" | "not_ours" | "already_done"; readonly reason: string } | null;
  /** Reporters asked whether it is solved, over all rounds; how many answered stands on the problem. */
  readonly asked: number;
  readonly reportsByChannel: readonly { readonly channel: string; readonly count: number }[];
};

export type PublicEvidence = {
  readonly sha256: string;
  readonly thumbnail: string | null;
  readonly stage: "before" | "during" | "after";
  readonly caption: string;
  readonly addedAt: Date;
  readonly width: number | null;
  readonly height: number | null;
};

export type Covering = {
  readonly stage: PublicEvidence["stage"];
  readonly at: Date;
  /** Of whoever did it. */
  readonly unit: string;
  readonly reason: string;
  readonly isWhole: boolean;
};

export type PublicObjection = {
  readonly raisedAt: Date;
  /** By which day the town answers it in public; null until the calendar that it needs arrives. */
  readonly dueOn: Day | null;
  readonly decision: "upheld" | "rejected" | null;
  readonly decisionReason: string | null;
};

export type PublicExtension = {
  readonly fromDueOn: Day;
  readonly newDueOn: Day;
  readonly reason: string;
  readonly decision: "granted" | "refused" | null;
  readonly decisionReason: string | null;
};

type Row = Problem & {
  readonly directoryVersion: number;
  readonly events: readonly ToldEvent[];
  readonly evidence: readonly (Omit<PublicEvidence, "addedAt"> & { readonly addedAt: string })[];
  readonly coverings: readonly (Omit<Covering, "at"> & { readonly at: string })[];
  readonly notice: { readonly postedAt: string; readonly lastDay: Day | null } | null;
  readonly objections: readonly (Omit<PublicObjection, "raisedAt"> & { readonly raisedAt: string })[];
  readonly extensions: Story["extensions"];
  readonly lookBacks: Story["lookBacks"];
  readonly suspension: Story["suspension"];
  readonly dismissal: Story["dismissal"];
  readonly asked: number;
  readonly reportsByChannel: Story["reportsByChannel"];
};

/** The whole story of one number, as it was typed, in one query; null when the ledger has no such number. */
export async function findStory(town: Town, typed: string): Promise<Story | null> {
  const number = numberOf(typed);
  if (number === null) return null;
  const { rows } = await storyQuery(town, number).execute(town.db);
  const [row] = rows;
  if (row === undefined) return null;
  return {
    version: row.directoryVersion,
    problem: row,
    events: row.events.map(asStoryEvent).filter((event) => event !== null),
    evidence: row.evidence.map((file) => ({ ...file, addedAt: new Date(file.addedAt) })),
    coverings: row.coverings.map((covering) => ({ ...covering, at: new Date(covering.at) })),
    notice: row.notice === null ? null : { ...row.notice, postedAt: new Date(row.notice.postedAt) },
    objections: row.objections.map((objection) => ({ ...objection, raisedAt: new Date(objection.raisedAt) })),
    extensions: row.extensions,
    lookBacks: row.lookBacks,
    suspension: row.suspension,
    dismissal: row.dismissal,
    asked: row.asked,
    reportsByChannel: row.reportsByChannel,
  };
}

function storyQuery(town: Town, number: string) {
  return sql<Row>`${keptPlan()}
    select t.directory_version as "directoryVersion", ${COLUMNS},
      to_json(array(select json_build_object('id', e.id, 'verb', e.verb, 'at', e.at, 'by', e.actor_kind, 'actor', e.actor, 'body', e.body,
          'leaf', (select l.number from log.leaf l where l.town = e.town and l.event = e.id), 'words',
          (select json_object_agg(w.field, ${STANDING_TEXT}) from audit.private_text w where w.town = e.town and w.event = e.id))
        from audit.event e where e.town = p.town and e.subject = p.id and ${READ_EVENT} and e.verb = any (${PUBLIC_VERB_NAMES}::text[])
        order by e.id)) as events,
      to_json(array(select json_build_object('sha256', f.sha256, 'thumbnail', f.thumbnail_sha256, 'stage', v.purpose, 'caption', v.caption,
          'addedAt', v.used_at, 'width', f.width, 'height', f.height)
        from evidence.use v left join evidence.redaction r on r.town = v.town and r.sha256 = v.file
        join evidence.file f on f.town = v.town and f.sha256 = coalesce(r.replaced_by, v.file)
        where v.town = p.town and v.subject = p.id and v.ended_at is null and v.purpose in ('before', 'during', 'after')
          and (r.sha256 is null or r.replaced_by is not null)
        order by v.id)) as evidence,
      to_json(array(select json_build_object('stage', v.purpose, 'at', r.redacted_at, 'unit', o.unit, 'reason', r.reason,
          'isWhole', r.replaced_by is null)
        from evidence.use v join evidence.redaction r on r.town = v.town and r.sha256 = v.file
        join people.officer o on o.town = r.town and o.id = r.redacted_by
        where v.town = p.town and v.subject = p.id and v.ended_at is null and v.purpose in ('before', 'during', 'after')
        order by r.redacted_at, v.id)) as coverings,
      (select json_build_object('postedAt', n.posted_at, 'lastDay', n.last_day) from verification.notice n
        where n.town = p.town and n.problem = p.id and p.status in ('verified', 'closed')
          and n."check" = (select c.id from verification."check" c where c.town = p.town and c.problem = p.id order by c.id desc
            limit 1)) as notice,
      to_json(array(select json_build_object('raisedAt', o.raised_at, 'dueOn', o.due_on, 'decision', o.decision,
          'decisionReason', o.decision_reason)
        from verification.objection o where o.town = p.town and o.problem = p.id order by o.id)) as objections,
      to_json(array(select json_build_object('fromDueOn', x.from_due_on, 'newDueOn', x.new_due_on, 'reason', x.reason,
        'decision', x.decision,
          'decisionReason', x.decision_reason)
        from ledger.extension x where x.town = p.town and x.problem = p.id order by x.id)) as extensions,
      to_json(array(select json_build_object('dueOn', l.due_on, 'outcome', l.outcome, 'finding', l.finding)
        from verification.look_back l where l.town = p.town and l.problem = p.id and l.dropped_at is null
          order by l.due_on, l.id)) as "lookBacks",
      (select json_build_object('reason', s.reason, 'resumeOn', s.resume_on) from ledger.suspension s
        where s.town = p.town and s.problem = p.id and p.status = 'suspended' and s.decision = 'approved' order by s.id desc
          limit 1) as suspension,
      (select json_build_object('ground', d.ground, 'reason', d.reason) from ledger.dismissal d
        where d.town = p.town and d.problem = p.id and p.status = 'dismissed' and d.decision = 'confirmed' order by d.id desc
          limit 1) as dismissal,
      (select count(*)::int from verification.question q where q.town = p.town and q.problem = p.id
        and not exists (select from ledger.joined_report j where j.town = q.town and j.problem = q.problem and j.report = q.report
          and j.separated_at is not null)) as asked,
      to_json(array(select json_build_object('channel', j.channel, 'count', count(*)) from ledger.joined_report j
        where j.town = p.town and j.problem = p.id and j.withdrawn_at is null and j.separated_at is null group by j.channel
          order by count(*) desc, j.channel)) as "reportsByChannel"
    from people.town t join ledger.problem p on p.town = t.town
    where t.town = ${town.id} and p.number = ${number}`;
}
