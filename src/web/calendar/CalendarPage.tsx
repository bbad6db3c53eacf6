import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, messageOf, patch } from '../api/client.ts';
import { queryClient } from '../api/query.ts';
import { FormError } from '../shell/FormError.tsx';
import { PageSkeleton } from '../shell/StatusPage.tsx';
import { toast } from '../shell/toasts.tsx';
import { Month } from './Month.tsx';
import '../styles/calendar.css';

type Hours = [string, string][];
interface BusinessDays {
  days: Record<string, 'work' | 'rest'>;
  hours: Hours;
}
export interface YearDay {
  date: string;
  working: boolean;
  holiday: string | null;
  own: boolean;
}

const SETTINGS = ['settings'];
const clockOf = (time: string) => dayjs(`2024-01-01T${time}`);

/** The company's working days: the national calendar, and what differs here. */
export function CalendarPage() {
  const { data } = useQuery({
    queryKey: SETTINGS,
    queryFn: () => get<{ businessDays: BusinessDays }>('/settings'),
  });
  return data ? <CalendarForm start={data.businessDays} /> : <PageSkeleton />;
}

function CalendarForm({ start }: { start: BusinessDays }) {
  const { t } = useTranslation();
  const [year, setYear] = useState(() => new Date().getFullYear());
  const [days, setDays] = useState(start.days);
  const [hours, setHours] = useState<Hours>(start.hours);
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: ['calendar', year],
    queryFn: () => get<{ estimated: boolean; days: YearDay[] }>('/calendar', { year }),
    placeholderData: (old) => old,
  });
  const known = new Map(data?.days.map((day) => [day.date, day]));
  const changed = JSON.stringify([days, hours]) !== JSON.stringify([start.days, start.hours]);
  /** A day as it would be without what the company says of it. */
  const plainly = (date: string) => {
    const day = known.get(date);
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    if (day && !day.own) return day.working;
    if (day?.holiday) return false;
    return weekday !== 0 && weekday !== 6;
  };
  const toggle = (date: string) => {
    const { [date]: own, ...others } = days;
    setDays(own ? others : { ...days, [date]: plainly(date) ? 'rest' : 'work' });
  };
  const save = async () => {
    setBusy(true);
    setMessage(null);
    try {
      await patch('/settings', { businessDays: { days, hours } });
      await queryClient.invalidateQueries({ queryKey: SETTINGS });
      await queryClient.invalidateQueries({ queryKey: ['calendar'] });
      toast(t('settings.saved'), { kind: 'good' });
    } catch (error) {
      setMessage(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  const put = (at: number, pair: [string, string]) =>
    setHours(hours.map((old, i) => (i === at ? pair : old)));
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1}>{t('calendar.title')}</h1>
        <InputNumber
          aria-label={t('calendar.year')}
          min={1990}
          max={2100}
          value={year}
          onChange={(value) => value && setYear(value)}
        />
        <span className="fill" />
        <Button type="primary" disabled={!changed} loading={busy} onClick={() => void save()}>
          {t('save')}
        </Button>
      </div>
      <p className="quiet">{t('calendar.hint')}</p>
      {data?.estimated && <p className="draft-note">{t('calendar.estimated', { year })}</p>}
      <FormError message={message} />
      <section className="card pad">
        <h2>{t('calendar.hours')}</h2>
        {hours.map((pair, at) => (
          <div
            className="hours-row"
            // biome-ignore lint/suspicious/noArrayIndexKey: a stretch's place is its name
            key={at}
          >
            <TimePicker.RangePicker
              format="HH:mm"
              minuteStep={5}
              needConfirm={false}
              allowClear={false}
              value={[clockOf(pair[0]), clockOf(pair[1])]}
              onChange={(value) =>
                value?.[0] && value[1] && put(at, [value[0].format('HH:mm'), value[1].format('HH:mm')])
              }
            />
            {hours.length > 1 && (
              <Button type="text" onClick={() => setHours(hours.filter((_, i) => i !== at))}>
                {t('delete')}
              </Button>
            )}
          </div>
        ))}
        {hours.length < 6 && (
          <button type="button" className="link" onClick={() => setHours([...hours, ['19:00', '21:00']])}>
            {t('calendar.addHours')}
          </button>
        )}
      </section>
      <div className="year">
        {Array.from({ length: 12 }, (_, month) => (
          <Month
            // biome-ignore lint/suspicious/noArrayIndexKey: months keep their order
            key={month}
            year={year}
            month={month + 1}
            known={known}
            own={days}
            onToggle={toggle}
          />
        ))}
      </div>
    </>
  );
}
