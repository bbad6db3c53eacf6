import type { FieldRow, TypeRow } from './rows.ts';

/** A field as the API shows it. */
export function fieldAnswer({
  id,
  version,
  entity,
  name,
  kind,
  spec,
  position,
  preparing,
  problem,
  retired_at,
}: FieldRow) {
  const { options, ...rest } = spec;
  return {
    id,
    version,
    entity,
    name,
    kind,
    ...rest,
    ...(options
      ? { options: options.map(({ value, zh, en, ...more }) => ({ value, label: { zh, en }, ...more })) }
      : {}),
    position,
    state: retired_at ? 'retired' : preparing.length ? 'indexing' : 'ready',
    ...(problem ? { problem } : {}),
  };
}

/** A record type as the API shows it, with its fields. */
export function typeAnswer({ id, version, name, plural, spec, retired_at }: TypeRow, fields: FieldRow[]) {
  return {
    id,
    version,
    name,
    plural,
    ...spec,
    state: retired_at ? 'retired' : 'ready',
    fields: fields.filter((field) => field.entity === name).map(fieldAnswer),
  };
}
