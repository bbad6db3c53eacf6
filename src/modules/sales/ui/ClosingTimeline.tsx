import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import type { MetaEntity, MoneyValue, WireRecord } from '../../../web/api/types.ts';
import { dayOf, daysFromToday, moneyText } from '../../../web/fields/format.ts';
import { usePhone } from '../../../web/shell/hooks.ts';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { daysBetween, MOST_SHOWN, moveClose, partnerOf, plusDays, useClosing } from './closing.ts';
import { MoveDialog } from './MoveDialog.tsx';
import { Views } from './Views.tsx';
import './sales.css';

const WEEKS = 13;
const DAYS = WEEKS * 7;

/** Open business as bars from the day work began to the day it is expected to be decided; an end is dragged to another week. */
export function ClosingTimeline() {
  const { t } = useTranslation();
  const meta = useMeta();
  const phone = usePhone();
  const entity = meta.entity('opportunity') as MetaEntity;
  const today = dayOf(new Date().toISOString());
  const [from, setFrom] = useState(() => mondayOf(plusDays(today, -14)));
  const [mine, setMine] = useState(false);
  const [chosen, setChosen] = useState<WireRecord | null>(null);
  const to = plusDays(from, DAYS - 1);
  const { data, error, refetch } = useClosing({ from, to }, mine ? meta.me.id : null);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  const weeks = Array.from({ length: WEEKS }, (_, at) => plusDays(from, at * 7));
  return (
    <div className="page full closing">
      <div className="head">
        <h1 tabIndex={-1}>{t('sales.timelineTitle')}</h1>
        <Views now="timeline" />
        <span className="fill" />
        <Button onClick={() => setFrom(plusDays(from, -28))}>{t('sales.prev')}</Button>
        <Button onClick={() => setFrom(mondayOf(plusDays(today, -14)))}>{t('sales.today')}</Button>
        <Button onClick={() => setFrom(plusDays(from, 28))}>{t('sales.next3')}</Button>
        <Button type={mine ? 'primary' : 'default'} aria-pressed={mine} onClick={() => setMine(!mine)}>
          {t('sales.mine')}
        </Button>
      </div>
      {!data && <PageSkeleton />}
      {(data?.total ?? 0) > MOST_SHOWN && <p className="quiet">{t('sales.moreOf', { count: MOST_SHOWN })}</p>}
      {data?.items.length === 0 && (
        <div className="empty-page">
          <h2>{t('sales.noneThen')}</h2>
          <p>{t('sales.noneThenText')}</p>
        </div>
      )}
      {data && data.items.length > 0 && (
        <div className={`closing-timeline ${phone ? 'phone' : ''}`}>
          {!phone && (
            <div className="timeline-weeks" aria-hidden>
              {weeks.map((week) => (
                <span key={week}>{week.slice(5)}</span>
              ))}
            </div>
          )}
          <ul>
            {data.items.map((record) => (
              <Row key={record.id} {...{ entity, record, from, phone }} open={() => setChosen(record)} />
            ))}
          </ul>
        </div>
      )}
      {chosen && <MoveDialog entity={entity} record={chosen} onClose={() => setChosen(null)} />}
    </div>
  );
}

const mondayOf = (date: string): string =>
  plusDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));

interface RowProps {
  entity: MetaEntity;
  record: WireRecord;
  from: string;
  phone: boolean;
  open(): void;
}

function Row({ entity, record, from, phone, open }: RowProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const close = String(record.closeDate);
  const amount = record.amount as MoneyValue | null | undefined;
  const words = [record.title, partnerOf(record), amount ? moneyText(amount) : null]
    .filter(Boolean)
    .join(' · ');
  const end = daysBetween(from, close) + 1;
  const begun = typeof record.startedOn === 'string' ? daysBetween(from, record.startedOn) : end - 14;
  const start = Math.max(0, Math.min(begun, end - 1));
  const late = daysFromToday(close) < 0;
  const side = sideOf(start, end);
  const [left, right] = side === 'inside' ? [start, end] : side === 'after' ? [start, DAYS] : [0, end];
  const name = <span className="timeline-name">{words}</span>;
  const move = (days: number) => record.can.update && void moveClose(entity, record, plusDays(close, days));
  const press = (event: KeyboardEvent) => {
    const weeks: Record<string, number> = { ArrowLeft: -7, ArrowRight: 7 };
    const days = weeks[event.key];
    if (days === undefined) return;
    event.preventDefault();
    move(days);
  };
  if (phone)
    return (
      <li>
        <button type="button" className="timeline-line" onClick={open}>
          <span className={`tag ${late ? 'zhu' : ''}`}>{close.slice(5)}</span> {words}
        </button>
      </li>
    );
  return (
    <li
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (event.dataTransfer.getData('text/plain') !== record.id) return;
        const box = event.currentTarget.getBoundingClientRect();
        const day = Math.floor(((event.clientX - box.left) / box.width) * DAYS);
        const date = plusDays(from, Math.max(0, Math.min(DAYS - 1, day)));
        if (date !== close && record.can.update) void moveClose(entity, record, date);
      }}
    >
      <button
        type="button"
        className={`timeline-bar ${late ? 'late' : ''} ${side}`}
        style={{ marginLeft: `${(left / DAYS) * 100}%`, width: `${((right - left) / DAYS) * 100}%` }}
        draggable={record.can.update}
        onDragStart={(event) => event.dataTransfer.setData('text/plain', record.id)}
        onKeyDown={press}
        onClick={open}
        onDoubleClick={() =>
          void navigate({ to: '/r/$plural/$id', params: { plural: entity.plural, id: record.id } })
        }
        title={t('sales.barHint', { title: words, date: close })}
        aria-label={t('sales.barHint', { title: words, date: close })}
      >
        {side === 'before' && name}
        <span className="timeline-span" style={{ width: `${((end - start) / (right - left)) * 100}%` }}>
          {side === 'inside' && name}
        </span>
        {side === 'after' && name}
      </button>
    </li>
  );
}

/** Where the name of a bar has room: in it, else on the side where more is left. */
function sideOf(start: number, end: number): 'inside' | 'after' | 'before' {
  if (end - start > DAYS * 0.36) return 'inside';
  return DAYS - end >= start ? 'after' : 'before';
}
