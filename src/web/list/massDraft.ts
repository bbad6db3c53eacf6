import { formFields } from '../api/meta.tsx';
import { wireOf } from '../api/records.ts';
import type { MetaEntity, MetaField } from '../api/types.ts';
import { isEmpty } from '../fields/format.ts';

/** A field that is to be set, as far as it has been filled in. */
export interface MassRow {
  name: string | null;
  value: unknown;
}

/** What may be set for many records at once: not what tells one from another, nor its owner, who is asked for elsewhere. */
export const massFields = (entity: MetaEntity): MetaField[] =>
  formFields(entity, false).filter((field) => field.name !== 'owner' && field.name !== entity.title);

/** What has been chosen comes to. */
export interface MassDraft {
  set: Record<string, unknown>;
  /** Fields that will be empty afterwards. */
  emptied: MetaField[];
  /** Something was chosen, and nothing that must be filled in would be emptied. */
  ready: boolean;
  /** Whether another field may be added. */
  more: boolean;
}

/** Reads the rows of the dialog: what will be sent, what the person must be told before, and whether it may be sent. */
export function massDraft(fields: readonly MetaField[], rows: readonly MassRow[]): MassDraft {
  const chosen = rows.flatMap(({ name, value }) => {
    const field = fields.find((each) => each.name === name);
    return field ? [{ field, value }] : [];
  });
  const emptied = chosen.filter(({ value }) => isEmpty(value)).map(({ field }) => field);
  return {
    set: wireOf(Object.fromEntries(chosen.map(({ field, value }) => [field.name, value]))),
    emptied,
    ready: chosen.length > 0 && !emptied.some((field) => field.required),
    more: chosen.length === rows.length && rows.length < fields.length,
  };
}
