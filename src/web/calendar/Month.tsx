import { useTranslation } from 'react-i18next';
import type { YearDay } from './CalendarPage.tsx';

interface Props {
  year: number;
  month: number;
  known: ReadonlyMap<string, YearDay>;
  own: Record<string, 'work' | 'rest'>;
  onToggle: (date: string) => void;
}

/** One month from Monday on; a day is turned from work to rest, or back, by a click. */
export function Month({ year, month, known, own, onToggle }: Props) {
  const { t, i18n } = useTranslation();
  const first = new Date(Date.UTC(year, month - 1, 1));
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const lead = (first.getUTCDay() + 6) % 7;
  const name = new Intl.DateTimeFormat(i18n.language, { month: 'long', timeZone: 'UTC' }).format(first);
  const weekdays = Array.from({ length: 7 }, (_, at) =>
    new Intl.DateTimeFormat(i18n.language, { weekday: 'narrow', timeZone: 'UTC' }).format(
      new Date(Date.UTC(2024, 0, at + 1)),
    ),
  );
  return (
    <section className="month card" aria-label={name}>
      <h3>{name}</h3>
      <div className="month-days" aria-hidden>
        {weekdays.map((day, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: weekdays keep their order
          <span key={at} className="weekday">
            {day}
          </span>
        ))}
      </div>
      <div className="month-days">
        {Array.from({ length: count }, (_, at) => {
          const date = `${year}-${String(month).padStart(2, '0')}-${String(at + 1).padStart(2, '0')}`;
          const day = known.get(date);
          const weekend = (lead + at) % 7 > 4;
          const said = own[date];
          const working = said ? said === 'work' : day && !day.own ? day.working : !weekend && !day?.holiday;
          const holiday = day?.holiday ? t(`calendar.holiday.${day.holiday}`) : '';
          const label = [date, holiday, t(working ? 'calendar.work' : 'calendar.rest')].filter(Boolean);
          return (
            <button
              key={date}
              type="button"
              style={at === 0 ? { gridColumnStart: lead + 1 } : undefined}
              className={`day ${working ? 'work' : 'rest'} ${weekend === working ? 'moved' : ''} ${said ? 'own' : ''}`}
              aria-pressed={!working}
              aria-label={label.join(' ')}
              title={label.join(' · ')}
              onClick={() => onToggle(date)}
            >
              {at + 1}
            </button>
          );
        })}
      </div>
    </section>
  );
}
