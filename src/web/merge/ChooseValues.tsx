import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaEntity, MetaField } from '../api/types.ts';
import type { MergePreview } from '../duplicates/api.ts';
import { FieldValue } from '../fields/FieldValue.tsx';
import { isEmpty, shortInstant } from '../fields/format.ts';

interface Props {
  entity: MetaEntity;
  preview: MergePreview;
  into: string;
  values: Record<string, string>;
  onInto(id: string): void;
  onValue(name: string, id: string): void;
}

/** One column a record; the value that is kept is marked in every row, and a click keeps another. */
export function ChooseValues({ entity, preview, into, values, onInto, onValue }: Props) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const { records } = preview;
  const rows = preview.fields.flatMap((merged) => {
    const field = entity.fields.find(({ name }) => name === merged.name);
    const bears = records.some((record) => !isEmpty(record[merged.name]));
    return field && bears && (all || merged.different) ? [{ field, merged }] : [];
  });
  return (
    <section className="card scroll-x merge-card">
      <table className="plain-table merge-table">
        <thead>
          <tr>
            <th>{t('merge.remains')}</th>
            {records.map((record) => (
              <th key={record.id}>
                <label>
                  <input
                    type="radio"
                    name="into"
                    checked={record.id === into}
                    onChange={() => onInto(record.id)}
                  />{' '}
                  {record.title || '—'}
                </label>
                <small>
                  {[
                    record.number as string | undefined,
                    record.createdAt && shortInstant(String(record.createdAt)),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, merged }) => (
            <tr key={field.name} className={merged.different ? 'differs' : ''}>
              <th>
                {field.label}
                {merged.source === 'together' && !values[field.name] && <small>{t('merge.together')}</small>}
              </th>
              {records.map((record) => (
                <Cell
                  key={record.id}
                  field={field}
                  value={record[field.name]}
                  title={record.title}
                  kept={isKept(merged.source, values[field.name], record.id, record[field.name])}
                  onKeep={
                    field.access === 'write' && merged.different
                      ? () => onValue(field.name, record.id)
                      : undefined
                  }
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="merge-all">
        <Checkbox checked={all} onChange={({ target }) => setAll(target.checked)}>
          {t('merge.showAll')}
        </Checkbox>
      </div>
    </section>
  );
}

const isKept = (source: string | null, chosen: string | undefined, id: string, value: unknown) =>
  chosen ? chosen === id : source === 'together' ? !isEmpty(value) : source === id;

interface CellProps {
  field: MetaField;
  value: unknown;
  title: string;
  kept: boolean;
  onKeep?: (() => void) | undefined;
}

function Cell({ field, value, title, kept, onKeep }: CellProps) {
  const { t } = useTranslation();
  const shown = <FieldValue field={field} value={value} compact />;
  return (
    <td className={kept ? 'kept' : ''}>
      {onKeep ? (
        <button
          type="button"
          aria-pressed={kept}
          aria-label={t('merge.keep', { field: field.label, title })}
          onClick={onKeep}
        >
          {isEmpty(value) ? <span className="empty-value">—</span> : shown}
        </button>
      ) : (
        shown
      )}
    </td>
  );
}
