import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { useShortList } from '../../../web/api/records.ts';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { CareLine } from './CareLine.tsx';
import './care.css';

interface Day {
  date: string;
  lunar: string;
  festivals: string[];
  workday: boolean;
  items: number;
  birthdays: number;
}

const SHOWN = 200;

/** The days ahead, and who waits for a word, each with the one button. */
export function CarePage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const plan = meta.entity('carePlan');
  const [day, setDay] = useState<string | null>(null);
  const days = useQuery({
    queryKey: ['short', 'care-items', 'days'],
    queryFn: () => get<{ items: Day[] }>('/care/days'),
  });
  const open = { field: 'status', op: 'eq' as const, value: 'open' };
  const { data, error, refetch } = useShortList(
    'care-items',
    {
      filter: day ? { and: [open, { field: 'occasionOn', op: 'eq', value: day }] } : open,
      sort: 'occasionOn',
    },
    SHOWN,
  );
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data || !days.data) return <PageSkeleton />;
  const today = days.data.items[0]?.date ?? '';
  const generate = async () => {
    try {
      await post('/care-plans/generate', {});
      toast(t('care.generating'), { kind: 'good' });
    } catch (problem) {
      toastError(problem);
    }
  };
  return (
    <div className="page full">
      <div className="head">
        <h1 tabIndex={-1}>{t('care.title')}</h1>
        <span className="quiet">{t('care.waiting', { count: data.total ?? data.items.length })}</span>
        <span className="fill" />
        {plan && (
          <Link className="link" to={'/care/plans' as string}>
            {t('care.plans')}
          </Link>
        )}
        {plan && may(plan, 'update') && (
          <button type="button" className="button" onClick={() => void generate()}>
            {t('care.generate')}
          </button>
        )}
      </div>
      <div className="care-strip" role="group" aria-label={t('care.strip')}>
        {days.data.items.map((each) => (
          <DayCell
            key={each.date}
            day={each}
            chosen={day === each.date}
            onChoose={() => setDay(day === each.date ? null : each.date)}
          />
        ))}
      </div>
      <section className="card">
        <ul className="care-list">
          {data.items.map((item) => (
            <CareLine key={item.id} item={item} today={today} />
          ))}
        </ul>
        {data.items.length === 0 && (
          <div className="empty-page">
            <h2>{t('care.none')}</h2>
            <p>{t('care.noneText')}</p>
          </div>
        )}
      </section>
    </div>
  );
}

function DayCell({ day, chosen, onChoose }: { day: Day; chosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation();
  const meta = useMeta();
  const festival = meta.entity('carePlan')?.fields.find(({ name }) => name === 'festival');
  const names = day.festivals.map(
    (name) => festival?.options?.find(({ value }) => value === name)?.label ?? name,
  );
  return (
    <button
      type="button"
      className={`care-day ${chosen ? 'chosen' : ''} ${day.workday ? '' : 'off'}`}
      aria-pressed={chosen}
      onClick={onChoose}
    >
      <b>{day.date.slice(5)}</b>
      <small>{names.join(' ') || day.lunar}</small>
      {day.items > 0 && <span className="tag teng">{t('care.items', { count: day.items })}</span>}
      {day.birthdays > 0 && <span className="tag">{t('care.birthdays', { count: day.birthdays })}</span>}
    </button>
  );
}
