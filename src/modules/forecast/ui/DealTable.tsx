import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf } from '../../../web/api/meta.tsx';
import type { MetaEntity, MetaField, WireRecord } from '../../../web/api/types.ts';
import { FieldValue } from '../../../web/fields/FieldValue.tsx';
import { CellEditor } from '../../../web/list/CellEditor.tsx';

/** What is edited in place, of open business. */
const EDITED = new Set(['forecastCategory', 'amount', 'closeDate', 'nextStep', 'nextStepDate']);

interface Props {
  entity: MetaEntity;
  records: readonly WireRecord[];
  columns: readonly string[];
  /** What the last column says. */
  last: string;
  inLast(record: WireRecord): ReactNode;
  /** Beneath the name. */
  beneath?(record: WireRecord): ReactNode;
}

/** Pieces of business beneath one another; what the forecast lives on is edited where it stands. */
export function DealTable({ entity, records, columns, last, inLast, beneath }: Props) {
  const fields = columns.flatMap((name) => fieldOf(entity, name) ?? []);
  return (
    <table className="plain-table forecast-deals">
      <thead>
        <tr>
          <th scope="col">{entity.label}</th>
          {fields.map(({ name, label }) => (
            <th key={name} scope="col" className={name === 'amount' ? 'num' : ''}>
              {label}
            </th>
          ))}
          <th scope="col">{last}</th>
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <tr key={record.id}>
            <th scope="row">
              <Link to="/r/$plural/$id" params={{ plural: entity.plural, id: record.id }}>
                {record.title}
              </Link>
              {beneath?.(record)}
            </th>
            {fields.map((field) => (
              <td key={field.name} className={field.name === 'amount' ? 'num' : ''}>
                <EditCell entity={entity} record={record} field={field} />
              </td>
            ))}
            <td>{inLast(record)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A value that is edited where it stands, by who may; the sums follow as soon as the server tells of the change. */
function EditCell({ entity, record, field }: { entity: MetaEntity; record: WireRecord; field: MetaField }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const { name } = field;
  const shown = <FieldValue field={field} value={record[name]} compact />;
  const may = record.can.update && field.access === 'write' && EDITED.has(name);
  if (!may || (record.status !== 'open' && name !== 'amount')) return shown;
  if (editing)
    return <CellEditor entity={entity} record={record} field={field} onClose={() => setEditing(false)} />;
  return (
    <button
      type="button"
      className="forecast-edit"
      aria-label={t('forecast.edit', { field: field.label, name: record.title })}
      onClick={() => setEditing(true)}
    >
      {record[name] == null || record[name] === '' ? <span className="empty-value">—</span> : shown}
    </button>
  );
}
