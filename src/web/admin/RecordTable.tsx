import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { FieldValue } from '../fields/FieldValue.tsx';

interface Props {
  entity: MetaEntity;
  /** Names of fields; those the reader may not see are left out. */
  columns: readonly string[];
  rows: WireRecord[];
  /** What can be done with a record, at the end of its line. */
  actions: (record: WireRecord) => ReactNode;
  hasMore: boolean;
  busy: boolean;
  onMore: () => void;
}

/** A short table of records for the settings, without selection or keys of its own. */
export function RecordTable({ entity, columns, rows, actions, hasMore, busy, onMore }: Props) {
  const { t } = useTranslation();
  const fields = columns.flatMap((name) => entity.fields.find((field) => field.name === name) ?? []);
  return (
    <section className="card scroll-x">
      <table className="plain-table record-table">
        <thead>
          <tr>
            {fields.map((field) => (
              <th key={field.name}>{field.label}</th>
            ))}
            <th>
              <span className="sr">{t('more')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((record) => (
            <tr key={record.id}>
              {fields.map((field) => (
                <td key={field.name}>
                  <FieldValue field={field} value={record[field.name]} compact />
                </td>
              ))}
              <td className="num nowrap">{actions(record)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasMore && (
        <Button block type="text" loading={busy} onClick={onMore}>
          {t('timeline.more')}
        </Button>
      )}
    </section>
  );
}
