import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MoneyValue, Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { daysFromToday, moneyText } from '../../../web/fields/format.ts';
import { MoreMenu } from '../../../web/shell/MoreMenu.tsx';
import type { Column } from './api.ts';

interface Props {
  record: WireRecord;
  column: Column;
  stages: readonly Column[];
  onMove(record: WireRecord, stage: Column): void;
}

/** One opportunity: whose, how much, by when, and what is wrong with it. */
export function BoardCard({ record, column, stages, onMove }: Props) {
  const { t } = useTranslation();
  const customer = record.customer as Reference | null | undefined;
  const owner = record.owner as Reference | null | undefined;
  const amount = record.amount as MoneyValue | null | undefined;
  return (
    <article className="board-card">
      <div className="board-card-head">
        <Link to="/r/$plural/$id" params={{ plural: 'opportunities', id: record.id }} draggable={false}>
          {record.title}
        </Link>
        {record.can.update && (
          <MoreMenu
            label={t('sales.move', { title: record.title })}
            items={stages
              .filter(({ id }) => id !== column.id)
              .map((stage) => ({
                key: stage.id,
                label: t('sales.moveTo', { stage: stage.name }),
                onClick: () => onMove(record, stage),
              }))}
          />
        )}
      </div>
      {customer ? (
        <p className="quiet">{customer.title}</p>
      ) : (
        <p className="quiet">{t('sales.noCustomer')}</p>
      )}
      <p>
        {amount && <b>{moneyText(amount)}</b>} <span className="quiet">{owner?.title}</span>
      </p>
      <p className="board-marks">
        {marksOf(record, column).map(([mark, params]) => (
          <span key={mark} className={`tag ${mark === 'due' ? '' : 'zhu'}`}>
            {t(`sales.mark.${mark}`, params)}
          </span>
        ))}
      </p>
    </article>
  );
}

/** What its owner should see at a glance: past its day, standing still, without a next step. */
function marksOf(record: WireRecord, column: Column): [string, Record<string, unknown>][] {
  if (column.outcome !== 'open') return [];
  const marks: [string, Record<string, unknown>][] = [];
  const close = record.closeDate as string | null | undefined;
  if (close) marks.push([daysFromToday(close) < 0 ? 'slipped' : 'due', { date: close.slice(5) }]);
  const since = record.stageSince as string | null | undefined;
  const days = since ? -daysFromToday(since) : 0;
  if (column.stallsAfter && days > column.stallsAfter) marks.push(['stalled', { count: days }]);
  if ('nextStep' in record && !record.nextStep) marks.push(['noStep', {}]);
  return marks;
}
