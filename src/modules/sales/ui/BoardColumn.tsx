import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import type { WireRecord } from '../../../web/api/types.ts';
import { moneyText } from '../../../web/fields/format.ts';
import { useDropTarget } from '../../../web/shell/useDropTarget.ts';
import type { Column } from './api.ts';
import { BoardCard } from './BoardCard.tsx';

interface Props {
  column: Column;
  stages: readonly Column[];
  onMove(record: WireRecord, stage: Column): void;
}

/** What is being dragged: the browser tells it only to where it is dropped. */
let dragged: WireRecord | null = null;

/** A stage with its opportunities, their number and their sum. */
export function BoardColumn({ column, stages, onMove }: Props) {
  const { t } = useTranslation();
  const { company } = useMeta();
  const { over, target } = useDropTarget(() => {
    if (dragged && !column.items.some(({ id }) => id === dragged?.id)) onMove(dragged, column);
  });
  const money = (amount: string) => moneyText({ amount, currency: company.currency });
  const more = column.total - column.items.length;
  return (
    <section className={`board-column ${over ? 'over' : ''}`} aria-label={column.name} {...target}>
      <header className={column.outcome}>
        <h2 title={column.playbook ?? undefined}>{column.name}</h2>
        <span className="quiet">
          {column.total.toLocaleString()}
          {column.totalIsExact ? '' : '+'}
        </span>
        {column.sum !== null && (
          <p className="quiet">
            {money(column.sum)}
            {column.outcome === 'open' && column.weighted !== null
              ? ` · ${t('sales.weighted', { amount: money(column.weighted) })}`
              : ''}
          </p>
        )}
        {column.unrated > 0 && (
          <p className="board-unrated">{t('sales.unrated', { count: column.unrated })}</p>
        )}
        {column.outcome !== 'open' && <p className="quiet">{t('sales.lately')}</p>}
      </header>
      <ul>
        {column.items.map((record) => (
          <li
            key={record.id}
            draggable={record.can.update}
            onDragStart={() => {
              dragged = record;
            }}
            onDragEnd={() => {
              dragged = null;
            }}
          >
            <BoardCard record={record} column={column} stages={stages} onMove={onMove} />
          </li>
        ))}
        {column.items.length === 0 && <li className="quiet board-none">{t('sales.none')}</li>}
        {more > 0 && <li className="quiet board-none">{t('sales.more', { count: more })}</li>}
      </ul>
    </section>
  );
}
