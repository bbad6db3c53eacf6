import { type RawBuilder, sql } from 'kysely';
import type { EntityPolicy } from '../access/policy.ts';
import { unveiled } from '../access/pool.ts';
import { scopeCondition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { comparedColumn, factTable } from '../entity/columns.ts';
import { badFilter, filteredField } from '../entity/filter-compare.ts';
import { entityNamed } from '../entity/registry.ts';
import type { Field } from '../entity/types.ts';
import { isList } from './query.shared.ts';

/** A field a report may use, with its value in the rows of the report. */
export interface Reached {
  field: Field;
  /** What people call it: 客户 › 城市. */
  labels: string[];
  value: RawBuilder<unknown>;
  /** Of money: whether there is an amount that has no value in the company's currency. */
  unvalued?: RawBuilder<unknown>;
  /** Of money: what one of its currency is worth in the company's. */
  rate?: RawBuilder<unknown>;
}

/** The records and facts that fields are reached through: each joined once, however many fields it gives. */
export interface Reach {
  field(path: string, at: string): Reached;
  joins(): RawBuilder<unknown>;
}

const MAX_STEPS = 4;

/**
 * Ways from rows `t` over references to fields. Only what the caller may see is reached: of records beyond his scope, and of
 * personal data in pools, there is nothing, as with a filter on the same path.
 */
export function reachFrom(ctx: Context, policy: EntityPolicy): Reach {
  const joins: RawBuilder<unknown>[] = [];
  const known = new Map<string, string>();
  const join = (key: string, make: (alias: string) => RawBuilder<unknown>): string => {
    let alias = known.get(key);
    if (!alias) {
      alias = `j${known.size + 1}`;
      known.set(key, alias);
      joins.push(make(alias));
    }
    return alias;
  };
  /** Facts stand beside their record. */
  const aliasOf = (field: Field, owner: EntityPolicy, row: string, way: string): string =>
    field.fact
      ? join(
          `${way}#`,
          (alias) =>
            sql`left join ${sql.table(factTable(owner.entity))} ${sql.ref(alias)} on ${sql.ref(`${alias}.id`)} = ${sql.ref(`${row}.id`)}`,
        )
      : row;
  const follow = (step: string, owner: EntityPolicy, row: string, way: string, at: string) => {
    const field = filteredField(step, at, { ctx, policy: owner, alias: row });
    const target = field.kind === 'reference' && field.to ? ctx.policies.for(field.to) : null;
    if (!target?.can('read')) throw badFilter(`${at}.field`, 'unknown_field', { field: step.slice(0, 100) });
    const from = sql.ref(`${aliasOf(field, owner, row, way)}.${field.column}`);
    const veil = field.sensitive && owner.veiled.length ? sql` and ${unveiled(owner.veiled, row)}` : sql``;
    const entity = entityNamed(ctx.registry, target.entity.name);
    const next = `${way}.${step}`;
    const alias = join(next, (name) => {
      const scope = scopeCondition(entity, target.scope('read'), ctx.principal, { alias: name });
      return sql`left join ${sql.table(entity.table)} ${sql.ref(name)} on ${sql.ref(`${name}.id`)} = ${from}
        and ${sql.ref(`${name}.deleted_at`)} is null and ${scope}${veil}`;
    });
    return { field, alias, policy: target, way: next };
  };
  return {
    joins: () => sql.join(joins, sql` `),
    field(path, at) {
      const steps = path.split('.');
      if (steps.length > MAX_STEPS) throw badFilter(`${at}.field`, 'filter_too_deep', { max: MAX_STEPS });
      const last = steps.pop() as string;
      const labels: string[] = [];
      let owner = policy;
      let row = 't';
      let way = '';
      for (const step of steps) {
        const next = follow(step, owner, row, way, at);
        labels.push(next.field.label[ctx.principal.language]);
        ({ alias: row, policy: owner, way } = next);
      }
      const field = filteredField(last, at, { ctx, policy: owner, alias: row });
      const holder = aliasOf(field, owner, row, way);
      const column = sql.ref(`${holder}.${comparedColumn(field)}`);
      const seen =
        field.sensitive && owner.veiled.length
          ? sql`case when ${unveiled(owner.veiled, row)} then ${column} end`
          : column;
      labels.push(field.label[ctx.principal.language]);
      // A record that is not there, or has nothing derived yet, has an empty list.
      const value = isList(field.kind) ? sql`coalesce(${seen}, '{}')` : seen;
      if (field.kind !== 'money') return { field, labels, value };
      const amount = sql.ref(`${holder}.${field.column}`);
      const unvalued = sql`(${amount} is not null and ${column} is null)`;
      return { field, labels, value, unvalued, rate: sql.ref(`${holder}.${field.column}_rate`) };
    },
  };
}
