import { type RawBuilder, sql } from 'kysely';
import type { ModelCode } from './model/definition.shared.ts';

/**
 * The stage a customer was in before a moment, as one expression of SQL; null where the model is not in use or nobody looked yet.
 * Later moves never change it.
 */
export const stageBefore = (
  model: ModelCode,
  customer: RawBuilder<unknown>,
  at: RawBuilder<unknown>,
): RawBuilder<string | null> => sql`(select h.to_stage from stage_change h
  join lifecycle_model m on m.code = h.model and m.active
  where h.model = ${model} and h.customer_id = ${customer} and h.at < ${at} order by h.id desc limit 1)`;

export { allModels } from './model/store.ts';
