import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf } from '../../../web/api/meta.tsx';
import { useShortList } from '../../../web/api/records.ts';
import type { Filter, MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { FieldValue } from '../../../web/fields/FieldValue.tsx';
import { CellEditor } from '../../../web/list/CellEditor.tsx';
import { refreshForecast } from './api.ts';
import { JudgeDialog } from './JudgeDialog.tsx';

const COLUMNS = ['stage', 'forecastCategory', 'amount', 'closeDate', 'nextStep'] as const;
const EDITED = new Set<string>(['forecastCategory', 'amount', 'closeDate', 'nextStep']);

/** The business behind a line; category, amount, day and next step are edited in place. */
export function Deals({ entity, filter }: { entity: MetaEntity; filter: Filter }) {
  const { t } = useTranslation();
  const { data } = useShortList(entity.plural, { filter, sort: '-amount' });
  const [judged, setJudged] = useState<WireRecord | null>(null);
  if (!data) return <div className="skeleton" role="status" aria-label={t('loading')} />;
  const fields = COLUMNS.flatMap((name) => fieldOf(entity, name) ?? []);
  return (
    <>
      <table className="plain-table forecast-deals">
        <thead>
          <tr>
            <th scope="col">{entity.label}</th>
            {fields.map(({ name, label }) => (
              <th key={name} scope="col" className={name === 'amount' ? 'num' : ''}>
                {label}
              </th>
            ))}
            <th scope="col">{t('forecast.judged')}</th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((record) => (
            <tr key={record.id}>
              <th scope="row">
                <Link to="/r/$plural/$id" params={{ plural: entity.plural, id: record.id }}>
                  {record.title}
                </Link>
              </th>
              {fields.map((field) => (
                <td key={field.name} className={field.name === 'amount' ? 'num' : ''}>
                  <EditCell entity={entity} record={record} name={field.name} />
                </td>
              ))}
              <td>
                <Judged entity={entity} record={record} onJudge={() => setJudged(record)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {(data.total ?? 0) > data.items.length && (
        <p className="quiet">
          <Link to="/r/$plural" params={{ plural: entity.plural }} search={{ filter } as never}>
            {t('forecast.all', { count: data.total ?? 0 })}
          </Link>
        </p>
      )}
      {judged && <JudgeDialog entity={entity} record={judged} onClose={() => setJudged(null)} />}
    </>
  );
}

/** A value that is edited where it stands, by who may. */
export function EditCell({ entity, record, name }: { entity: MetaEntity; record: WireRecord; name: string }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const field = fieldOf(entity, name);
  if (!field) return null;
  const shown = <FieldValue field={field} value={record[name]} compact />;
  const may = record.can.update && field.access === 'write' && (EDITED.has(name) || name === 'nextStepDate');
  if (!may || (record.status !== 'open' && name !== 'amount')) return shown;
  if (editing)
    return (
      <CellEditor
        entity={entity}
        record={record}
        field={field}
        onClose={() => {
          setEditing(false);
          // The sums follow what is saved.
          setTimeout(refreshForecast, 600);
        }}
      />
    );
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

function Judged({ entity, record, onJudge }: { entity: MetaEntity; record: WireRecord; onJudge(): void }) {
  const { t } = useTranslation();
  const field = fieldOf(entity, 'managerCategory');
  const said = field && record.managerCategory != null && (
    <span title={String(record.managerCategoryReason ?? '')}>
      <FieldValue field={field} value={record.managerCategory} compact />
    </span>
  );
  if (!record.can.transfer || record.status !== 'open') return said || null;
  return (
    <button
      type="button"
      className="forecast-edit"
      aria-label={t('forecast.judge', { name: record.title })}
      onClick={onJudge}
    >
      {said || <span className="empty-value">—</span>}
    </button>
  );
}
