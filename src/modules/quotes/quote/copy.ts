import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { withoutStrangers } from '../../../platform/entity/belongs.ts';
import { makeDecided } from '../../../platform/entity/decided.ts';
import type { WireRecord } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import type { Entity } from '../../../platform/entity/types.ts';

/** Of its own, or of its day. */
const NOT_COPIED = new Set(['date', 'validUntil', 'owner', 'department', 'quote']);

/**
 * A draft with everything people wrote into a quote, lines and all, as far as the caller may write it. Prices stay as they were
 * agreed.
 */
export async function copyQuote(
  ctx: Context,
  row: Row,
  set: Record<string, unknown>,
): Promise<{ id: string }> {
  const entity = entityNamed(ctx.registry, 'quote');
  const line = entityNamed(ctx.registry, 'quoteLine');
  const record = await readRecord(asSystem(ctx, 'copy'), 'quote', row.id as string);
  const lines = (record.lines as WireRecord[]).map((each) => writable(ctx, line, each));
  const later = (row.valid_until as string | null) ?? '';
  const values = {
    ...(await withoutStrangers(ctx, 'quote', writable(ctx, entity, record))),
    lines,
    ...(later > dayOf(ctx) ? { validUntil: later } : {}),
  };
  const [id] = await makeDecided(ctx, 'quote', [values], [{ ...set, status: 'draft' }]);
  return { id: id as string };
}

function writable(ctx: Context, entity: Entity, record: WireRecord): Record<string, unknown> {
  const policy = ctx.policies.for(entity.name);
  const names = entity.fieldList.filter(
    ({ name, readOnly, internal }) =>
      !readOnly &&
      !internal &&
      !NOT_COPIED.has(name) &&
      policy.right(name) === 'write' &&
      record[name] != null,
  );
  return Object.fromEntries(names.map(({ name }) => [name, bare(record[name])]));
}

/** References travel with their titles and are written by their ids. */
const bare = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(bare);
  return value && typeof value === 'object' && 'id' in value ? value.id : value;
};
