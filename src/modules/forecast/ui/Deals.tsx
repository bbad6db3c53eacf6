import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf } from '../../../web/api/meta.tsx';
import { useShortList } from '../../../web/api/records.ts';
import type { Filter, MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { FieldValue } from '../../../web/fields/FieldValue.tsx';
import { DealTable } from './DealTable.tsx';
import { JudgeDialog } from './JudgeDialog.tsx';

const COLUMNS = ['stage', 'forecastCategory', 'amount', 'closeDate', 'nextStep'];

/** The business behind a line; category, amount, day and next step are edited in place. */
export function Deals({ entity, filter }: { entity: MetaEntity; filter: Filter }) {
  const { t } = useTranslation();
  const { data } = useShortList(entity.plural, { filter, sort: '-amount' });
  const [judged, setJudged] = useState<WireRecord | null>(null);
  if (!data) return <div className="skeleton" role="status" aria-label={t('loading')} />;
  return (
    <>
      <DealTable
        entity={entity}
        records={data.items}
        columns={COLUMNS}
        last={t('forecast.judged')}
        inLast={(record) => <Judged entity={entity} record={record} onJudge={() => setJudged(record)} />}
      />
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
