import { LinkOutlined } from '@ant-design/icons';
import type {
  DateSelectArg,
  DayCellContentArg,
  EventClickArg,
  EventDropArg,
  EventInput,
} from '@fullcalendar/core';
import zh from '@fullcalendar/core/locales/zh-cn.js';
import dayGrid from '@fullcalendar/daygrid/index.js';
import interaction from '@fullcalendar/interaction/index.js';
import list from '@fullcalendar/list/index.js';
import FullCalendar from '@fullcalendar/react';
import timeGrid from '@fullcalendar/timegrid/index.js';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { currentLanguage } from '../../../web/i18n/index.ts';
import { usePhone } from '../../../web/shell/hooks.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { type CalendarDay, type CalendarItem, instantOf, moveItem, useAgenda, wallOf } from './api.ts';
import './calendar.css';
import { FeedDialog } from './FeedDialog.tsx';
import { ItemDialog } from './ItemDialog.tsx';
import { NewDialog, type Slot } from './NewDialog.tsx';
import { Overdue } from './Overdue.tsx';
import { PeoplePicker } from './PeoplePicker.tsx';

const COLORS: Record<string, string> = {
  task: 'plain',
  visit: 'dai',
  meeting: 'dai',
  promise: 'teng',
  callBack: 'song',
  customer: 'teng',
  careItem: 'song',
  'calendar.birthday': 'teng',
  'calendar.remembered': 'teng',
};

/** Both begin with the same sign in Chinese: theirs are chosen, all others are the first of their names. */
const SIGNS: Record<string, string> = { meeting: 'agenda.signMeeting', customer: 'agenda.signContact' };

/** The calendar: what I, or my people, have to do; drag to another day, press an empty place for something new. */
export function CalendarPage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const phone = usePhone();
  const [people, setPeople] = useState('me');
  const [range, setRange] = useState<{ from: string; to: string } | null>(null);
  const [slot, setSlot] = useState<Slot | null>(null);
  const [chosen, setChosen] = useState<CalendarItem | null>(null);
  const [feed, setFeed] = useState(false);
  const { data, error } = useAgenda(range, people);
  const days = new Map(data?.days.map((day) => [day.date, day]));

  const move = async (item: CalendarItem, to: { date: string; at: string | null }): Promise<boolean> => {
    const plural = meta.entity(item.entity)?.plural;
    if (!plural) return false;
    try {
      const saved = await moveItem(plural, item, to);
      toast(t('agenda.moved', { title: item.title, date: to.date }), {
        action: {
          label: t('undo'),
          run: () => void moveItem(plural, { ...item, version: saved.version }, item).catch(toastError),
        },
      });
      return true;
    } catch (failure) {
      toastError(failure);
      return false;
    }
  };
  const drop = async ({ event, revert }: EventDropArg) => {
    const to = { date: event.startStr.slice(0, 10), at: event.allDay ? null : instantOf(event.startStr) };
    if (!(await move(event.extendedProps.item as CalendarItem, to))) revert();
  };
  const eventOf = (item: CalendarItem): EventInput => {
    const whom = item.customer && item.customer.id !== item.id ? item.customer.title : null;
    const who = people === 'me' ? null : item.owner?.title;
    const sign = SIGNS[item.kind];
    const start = item.at ? wallOf(item.at) : item.date;
    return {
      id: item.key,
      title: [who, item.title, whom].filter(Boolean).join(' · '),
      start,
      allDay: !item.at,
      ...(item.at && item.minutes
        ? { end: wallOf(new Date(Date.parse(item.at) + item.minutes * 60_000).toISOString()) }
        : {}),
      editable: item.move !== null,
      durationEditable: false,
      classNames: [`agenda-item ${COLORS[item.kind] ?? 'plain'}`, item.open ? '' : 'done'],
      extendedProps: { item, name: item.label, sign: sign ? t(sign) : [...item.label][0] },
    };
  };
  return (
    <div className="page full agenda">
      <div className="head">
        <h1 tabIndex={-1}>{t('agenda.title')}</h1>
        <PeoplePicker value={people} onChange={setPeople} />
        <Overdue people={people} />
        <span className="fill" />
        <Button icon={<LinkOutlined />} onClick={() => setFeed(true)}>
          {t('agenda.subscribe')}
        </Button>
      </div>
      {error && <p className="form-error">{messageOf(error)}</p>}
      {data?.more && <p className="quiet">{t('agenda.more')}</p>}
      <FullCalendar
        key={phone ? 'phone' : 'wide'}
        plugins={[dayGrid, timeGrid, list, interaction]}
        {...(currentLanguage() === 'zh' ? { locale: zh } : { locale: 'en-gb' })}
        timeZone="UTC"
        now={() => `${wallOf(new Date().toISOString())}Z`}
        nowIndicator
        firstDay={1}
        height={phone ? 'auto' : 'calc(100dvh - 150px)'}
        initialView={phone ? 'listWeek' : 'dayGridMonth'}
        buttonIcons={false}
        buttonText={{ prev: '‹', next: '›' }}
        headerToolbar={{
          start: 'prev,next today',
          center: 'title',
          end: phone ? 'timeGridDay,listWeek' : 'dayGridMonth,timeGridWeek,timeGridDay,listWeek',
        }}
        {...(phone ? { footerToolbar: false } : {})}
        dayMaxEvents
        selectable
        slotMinTime="07:00:00"
        slotMaxTime="22:00:00"
        scrollTime="08:00:00"
        slotDuration="00:30:00"
        noEventsText={t('agenda.none')}
        events={data?.items.map(eventOf) ?? []}
        eventContent={({ event, timeText }) => (
          <span className="agenda-text" title={`${event.extendedProps.name} · ${event.title}`}>
            <i>{event.extendedProps.sign}</i>
            {timeText && <b>{timeText}</b>} {event.title}
          </span>
        )}
        dayCellContent={(cell) => <DayHead cell={cell} day={days.get(keyOf(cell.date))} />}
        datesSet={({ startStr, end }) =>
          setRange({ from: startStr.slice(0, 10), to: keyOf(new Date(end.getTime() - 1)) })
        }
        eventDrop={(dropped) => void drop(dropped)}
        eventInteractive
        eventClick={({ event, jsEvent }: EventClickArg) => {
          jsEvent.preventDefault();
          setChosen(event.extendedProps.item as CalendarItem);
        }}
        select={(picked: DateSelectArg) =>
          setSlot({
            date: picked.startStr.slice(0, 10),
            at: picked.allDay ? null : instantOf(picked.startStr),
          })
        }
        longPressDelay={400}
      />
      {slot && <NewDialog slot={slot} onClose={() => setSlot(null)} />}
      {chosen && (
        <ItemDialog
          key={chosen.key}
          item={chosen}
          onMove={(to) => move(chosen, to)}
          onClose={() => setChosen(null)}
        />
      )}
      {feed && <FeedDialog onClose={() => setFeed(false)} />}
    </div>
  );
}

const keyOf = (date: Date) => date.toISOString().slice(0, 10);

/** The day's number, its lunar name or festival, and whether it is worked against its weekday. */
function DayHead({ cell, day }: { cell: DayCellContentArg; day: CalendarDay | undefined }) {
  const { t } = useTranslation();
  const text = day?.holiday && !day.working ? t(`calendar.holiday.${day.holiday}`) : day?.lunar;
  return (
    <span className={`agenda-day ${day && !day.working ? 'rest' : ''}`}>
      {text && <small>{text}</small>}
      {day?.moved && (
        <em className={day.working ? 'work' : 'free'}>{t(day.working ? 'agenda.work' : 'agenda.free')}</em>
      )}
      {cell.date.getUTCDate()}
    </span>
  );
}
