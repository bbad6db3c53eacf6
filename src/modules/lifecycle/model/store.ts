import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { offerOptions } from '../../../platform/customisation/offered.ts';
import type { FieldUseSource } from '../../../platform/customisation/uses.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import { ADVANCE_JOB } from '../names.ts';
import { DEFAULT_MODELS } from './defaults.ts';
import { MODELS, type ModelCode, type ModelDefinition } from './definition.shared.ts';
import { checkModel, circlesInUse } from './definition.ts';

export interface Model {
  code: ModelCode;
  active: boolean;
  /** Why its rules cannot be worked out at present. */
  problem: string | null;
  definition: ModelDefinition;
}

/** Both models, as the company has made them or as they are shipped. */
export async function allModels(ctx: Pick<Context, 'db'>): Promise<Model[]> {
  const { rows } = await sql<Model>`select code, active, problem, definition from lifecycle_model`.execute(
    ctx.db,
  );
  return MODELS.map(
    (code) =>
      rows.find((row) => row.code === code) ?? {
        code,
        active: false,
        problem: null,
        definition: DEFAULT_MODELS[code],
      },
  );
}

export const modelNamed = async (ctx: Pick<Context, 'db'>, code: ModelCode): Promise<Model> =>
  (await allModels(ctx)).find((model) => model.code === code) as Model;

/** The field of customers that tells the stage. */
export const factOf = (code: ModelCode): 'lifeStage' | 'relationStage' =>
  code === 'life' ? 'lifeStage' : 'relationStage';

/**
 * Changes a model, switches it on or off; customers follow by a job. Tells of rules that send customers there are round in
 * circles: each is moved once a day at most, see `advance`.
 */
export async function saveModel(
  ctx: Context,
  code: ModelCode,
  input: { active: boolean; definition: ModelDefinition },
): Promise<{ jobId: string; circles: { way: string; count: number }[] }> {
  await checkModel(ctx, input.definition);
  const circles = input.active ? await circlesInUse(ctx, input.definition) : [];
  return inTransaction(ctx, async (inner) => {
    const before = await modelNamed(inner, code);
    await sql`insert into lifecycle_model (code, active, definition) values
      (${code}, ${input.active}, ${JSON.stringify(input.definition)}::jsonb)
      on conflict (code) do update set active = excluded.active, definition = excluded.definition`.execute(
      inner.db,
    );
    await writeAudit(inner, {
      action: 'update',
      entity: 'lifecycle',
      recordId: null,
      changes: {
        active: { before: before.active, after: input.active },
        definition: { before: before.definition, after: input.definition },
      },
      note: code,
    });
    const options = input.active ? input.definition.stages : [];
    await offerOptions(
      inner,
      `customer.${factOf(code)}`,
      options.map(({ value, label, color }) => ({ value, ...label, ...(color ? { color } : {}) })),
    );
    return { jobId: await addJob(inner, ADVANCE_JOB, { code }, { key: code }), circles };
  });
}

/** Models whose rules of passage speak of a field. */
export const stageUses: FieldUseSource = {
  label: 'lifecycle',
  query: (speaks) => sql`select code as title,
      case code when 'life' then 'customer.lifeStage' else 'customer.relationStage' end as key
    from lifecycle_model where ${speaks(sql.ref('definition'))}`,
};
