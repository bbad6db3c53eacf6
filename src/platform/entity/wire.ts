import type { EntityPolicy } from '../access/policy.ts';
import { rowInScope } from '../access/where.ts';
import { Exact } from '../money/money.shared.ts';
import { maskEmail } from '../text/mail.ts';
import { maskPhone } from '../text/phones.ts';
import { fromColumns } from './columns.ts';
import type { Link, MoneyValue, WireRecord, Worth } from './meta.shared.ts';
import { rootField } from './registry.ts';
import type { Field } from './types.ts';

/** A row as the caller may see it: hidden fields absent, masked ones masked, and what the caller may do to it. */
export function toWire(
  policy: EntityPolicy,
  row: Record<string, unknown>,
  fields: readonly Field[],
): WireRecord {
  const record: WireRecord = {
    id: row.id as string,
    version: row.version as number,
    title: titleOf(policy, row),
    can: {
      update: rowInScope(policy.scope('update'), row, true),
      delete: rowInScope(policy.scope('delete'), row),
      transfer: rowInScope(policy.scope('transfer'), row),
      share: rowInScope(policy.scope('share'), row),
    },
  };
  const veiled = policy.veils(row);
  for (const field of fields) {
    const right = policy.right(field.name);
    if (right === 'hidden') continue;
    const value = fieldValue(field, row);
    record[field.name] = right === 'masked' || (veiled && field.sensitive) ? maskValue(field, value) : value;
  }
  if (veiled) record.veiled = true;
  if (row.deleted_at) record.deletedAt = row.deleted_at;
  const root = rootField(policy.entity);
  if (root && row[root.column] && row.root_owner_id && policy.sees('owner'))
    record.rootOwner = row.root_owner_id;
  return record;
}

/** What the amounts of a record in another currency were worth in the company's, as far as they are shown and a rate was known. */
export function worthOf(
  currency: string,
  record: WireRecord,
  row: Record<string, unknown>,
  fields: readonly Field[],
): Record<string, Worth> {
  const worth: Record<string, Worth> = {};
  for (const { kind, name, column } of fields) {
    const shown = kind === 'money' && (record[name] as Partial<MoneyValue> | string | null | undefined);
    if (!shown || typeof shown === 'string' || !shown.currency || shown.currency === currency) continue;
    const [amount, rate, day] = [row[`${column}_base`], row[`${column}_rate`], row[`${column}_rate_date`]];
    if (amount === null || amount === undefined) continue;
    worth[name] = {
      amount: String(amount),
      currency,
      rate: new Exact(String(rate)).toFixed(),
      day: String(day),
    };
  }
  return worth;
}

/** A row's name as the caller may see it. */
export function titleOf(policy: EntityPolicy, row: Record<string, unknown>): string {
  const field = policy.entity.fields[policy.entity.title];
  if (!field || policy.right(field.name) === 'hidden') return '—';
  const value = row[field.column];
  const masked = policy.right(field.name) === 'masked' || (field.sensitive && policy.veils(row));
  return String((masked ? maskValue(field, value) : value) ?? '');
}

function fieldValue(field: Field, row: Record<string, unknown>): unknown {
  const value = fromColumns(field, row);
  const titles = row[`${field.column}_title`];
  if (field.kind === 'reference') {
    return value === null ? null : ({ id: value, title: titles ?? null } as Link);
  }
  if (field.kind === 'references') {
    const known = (titles ?? {}) as Record<string, string>;
    return (value as string[]).map((id) => ({ id, title: known[id] ?? null }) as Link);
  }
  return value;
}

/** A value with enough left to recognise it: 138****1234. What has no such form shows as stars. */
export function maskValue(field: Pick<Field, 'kind'>, value: unknown): unknown {
  if (value === null || value === undefined || value === '') return null;
  if (field.kind === 'phones') return (value as string[]).map((phone) => maskPhone(phone));
  if (field.kind === 'phone') return maskPhone(String(value));
  if (field.kind === 'email') return maskEmail(String(value));
  return '****';
}
