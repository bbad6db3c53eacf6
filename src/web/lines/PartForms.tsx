import { useMeta } from '../api/meta.tsx';
import type { MetaEntity } from '../api/types.ts';
import type { Values } from '../form/model.ts';
import { LinesEditor } from './LinesEditor.tsx';
import { partsMeta, type Row } from './rows.ts';

interface Props {
  entity: MetaEntity;
  values: Values;
  errors: Record<string, string>;
  onChange(part: Values, fixed?: string): void;
}

/** The rows that belong to a record, beneath its own fields. */
export function PartForms({ entity, values, errors, onChange }: Props) {
  const meta = useMeta();
  return partsMeta(meta, entity).map((part) => (
    <LinesEditor
      key={part.name}
      entity={entity}
      part={part}
      head={values}
      rows={(values[part.name] as Row[] | undefined) ?? []}
      errors={errors}
      onChange={(rows, fixed) => onChange({ [part.name]: rows }, fixed)}
    />
  ));
}
