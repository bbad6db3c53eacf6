import { type SqlBool, sql } from 'kysely';
import type { Context } from '../../context/context.ts';
import type { WireRecord } from '../meta.shared.ts';
import { selectRows, visibleFields } from '../select.ts';
import type { Entity } from '../types.ts';
import { toWire } from '../wire.ts';
import { partFields } from './fields.ts';

/** A record with the rows of its parts, as far as the caller sees their fields. */
export async function withParts(ctx: Context, entity: Entity, record: WireRecord): Promise<WireRecord> {
  for (const part of entity.parts) {
    const policy = ctx.policies.for(part.entity.name);
    const shown = new Set([
      ...partFields(part).map(({ name }) => name),
      ...part.entity.fieldList.filter(({ readOnly }) => readOnly).map(({ name }) => name),
    ]);
    for (const name of UNTOLD) shown.delete(name);
    const fields = visibleFields(ctx, part.entity).filter(({ name }) => shown.has(name));
    const column = sql.ref(part.head.column);
    const { rows: ids } = await sql<{ id: string }>`select id from ${sql.table(part.entity.table)}
      where ${column} = ${record.id} and deleted_at is not distinct from ${record.deletedAt ?? null}
      order by position, id`.execute(ctx.db);
    const rows = ids.length
      ? await selectRows(
          ctx,
          part.entity,
          ids.map(({ id }) => id),
          fields,
          sql<SqlBool>`true`,
        )
      : [];
    record[part.name] = rows.map((row) => {
      const {
        can: _can,
        title: _title,
        version: _version,
        rootOwner: _root,
        ...line
      } = toWire(policy, row, fields);
      return line;
    });
  }
  return record;
}

/** Of a row nobody asks who wrote it when: the record's own changes tell that. */
const UNTOLD = ['createdAt', 'createdBy', 'updatedAt', 'updatedBy'];
