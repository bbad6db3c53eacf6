import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { partsOf } from '../../../platform/merge/alias.ts';
import { readable } from '../../grades/public.ts';
import type { ModelCode } from '../model/definition.shared.ts';
import { allModels, factOf } from '../model/store.ts';
import type { Card, StageCard, StageChange } from './card.shared.ts';

const CHANGES = 20;

interface Standing {
  model: ModelCode;
  stage: string;
  since: string;
  held: boolean;
  held_until: string | null;
  held_by: string | null;
}

/** In which stages a customer is: since when, why, what comes next and what is recommended to do. */
export async function cardOf(ctx: Context, customerId: string): Promise<Card> {
  const record = await readRecord(ctx, 'customer', customerId);
  const policy = ctx.policies.for('customer');
  const models = (await allModels(ctx)).filter(({ active, code }) => active && policy.sees(factOf(code)));
  const part = sql`case when k.id <> ${record.id} then ${policy.sees('name') ? sql`k.name` : sql`'—'`} end`;
  const [standings, changes, made] = await Promise.all([
    sql<Standing>`select s.model, s.stage, s.since, s.held_at is not null as held, s.held_until::text as held_until, u.name as held_by
      from customer_stage s left join "user" u on u.id = s.held_by where s.customer_id = ${record.id}`.execute(
      ctx.db,
    ),
    sql<
      StageChange & { model: ModelCode }
    >`select c.model, c.from_stage as "from", c.to_stage as "to", c.cause, c.evidence,
        c.readings, u.name as by, c.at, ${part} as part
      from (select *, row_number() over (partition by model order by id desc) as place
        from stage_change where customer_id in ${partsOf('customer', record.id)}) c
      join customer k on k.id = c.customer_id
      left join "user" u on u.id = c.by where c.place <= ${CHANGES} order by c.id desc`.execute(ctx.db),
    sql<{ model: ModelCode; stage: string; work: number; task: string; at: string }>`
      select w.model, w.stage, w.work, w.task_id as task, w.at from stage_task w
      join task t on t.id = w.task_id and t.deleted_at is null where w.customer_id in ${partsOf('customer', record.id)}`.execute(
      ctx.db,
    ),
  ]);
  const veiled = record.veiled === true;
  const told = await Promise.all(
    changes.rows.map(async (change) => ({
      ...change,
      readings: await readable(ctx, veiled, change.readings),
    })),
  );
  return {
    mayMove: record.can.update,
    models: models.flatMap(({ code, definition }): StageCard[] => {
      const own = standings.rows.find(({ model }) => model === code);
      if (!own) return [];
      return [
        {
          model: code,
          stage: own.stage,
          since: own.since,
          held: own.held ? { until: own.held_until, by: own.held_by } : null,
          stages: definition.stages,
          next: definition.moves
            .filter(({ from }) => from === own.stage)
            .map(({ to, evidence }) => ({ to, evidence })),
          changes: told.filter(({ model }) => model === code).map(({ model: _, ...change }) => change),
          made: made.rows
            .filter(({ model, stage, at }) => model === code && stage === own.stage && at >= own.since)
            .map(({ work, task }) => ({ work, task })),
        },
      ];
    }),
  };
}
