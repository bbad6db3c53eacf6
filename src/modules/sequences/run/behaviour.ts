import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { takeDecided } from '../../../platform/entity/decided.ts';
import { type Target, targetsOf } from './targets.ts';
import { wakeRuns } from './wake.ts';
import { stepAt, type Wait } from './when.ts';

interface Known extends Wait {
  id: string;
  name: string;
  target: string;
  active: boolean;
  steps: number;
}

/** A run begins with the first step of its sequence, once for each it is about. */
export const runBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    const fresh = drafts.filter(({ before }) => before === null);
    if (fresh.length) await begin(ctx, fresh);
    takeDecided(ctx, drafts);
  },
  afterSave: (ctx, drafts) =>
    wakeRuns(
      ctx,
      drafts.map(({ values }) => values.nextAt as string | null | undefined),
    ),
};

const aboutOf = ({ values }: Draft) =>
  (values.opportunity ?? values.lead ?? values.contact ?? values.customer) as string | null | undefined;

async function begin(ctx: Context, drafts: Draft[]): Promise<void> {
  const sequences = await sequencesOf(
    ctx,
    drafts.map(({ values }) => values.sequence as string),
  );
  const targets = await targetsOf(
    ctx,
    drafts.flatMap((draft) => aboutOf(draft) ?? []),
  );
  for (const draft of drafts) {
    const { values, problems } = draft;
    const about = aboutOf(draft);
    const target = about ? targets.get(about) : undefined;
    const sequence = sequences.get(values.sequence as string);
    Object.assign(values, { status: 'active', step: 0 });
    values.name ??= [sequence?.name, target?.name].filter(Boolean).join(' · ').slice(0, 200) || '—';
    // What does not exist, or not for the caller, is said of the reference itself.
    if (!sequence) continue;
    // With nobody there is nothing to do.
    if (!target) Object.assign(values, { status: 'stopped', stopReason: 'gone', endedAt: ctx.now });
    else {
      problems.push(...refusalsOf(sequence, target));
      Object.assign(values, {
        customer: values.customer ?? target.customer,
        contact: values.contact ?? target.contact,
        fromStage: target.stage,
        liveKey: `${sequence.id}:${target.id}`,
        nextAt: stepAt(ctx, sequence),
      });
    }
  }
}

function refusalsOf(sequence: Known, target: Target) {
  const kind = target.kind === 'contact' ? 'customer' : target.kind;
  if (kind !== sequence.target) return [{ path: sequence.target, code: 'sequence_target' }];
  if (!sequence.active) return [{ path: 'sequence', code: 'sequence_off' }];
  if (sequence.steps === 0) return [{ path: 'sequence', code: 'sequence_empty' }];
  return [];
}

async function sequencesOf(ctx: Context, ids: readonly string[]): Promise<Map<string, Known>> {
  const { rows } = await sql<Known>`select q.id, q.name, q.target, q.active,
      (select count(*)::int from sequence_step s where s.sequence_id = q.id and s.deleted_at is null) as steps,
      coalesce(f.wait, 0) as wait, coalesce(f.unit, 'days') as unit
    from sequence q left join lateral (select wait, unit from sequence_step s
      where s.sequence_id = q.id and s.deleted_at is null order by position limit 1) f on true
    where q.id = any(${[...new Set(ids)]}::uuid[]) and q.deleted_at is null`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row]));
}
