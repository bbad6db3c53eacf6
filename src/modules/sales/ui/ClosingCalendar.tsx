import type { EventClickArg, EventDropArg, EventInput } from '@fullcalendar/core';
import zh from '@fullcalendar/core/locales/zh-cn.js';
import dayGrid from '@fullcalendar/daygrid/index.js';
import interaction from '@fullcalendar/interaction/index.js';
import list from '@fullcalendar/list/index.js';
import FullCalendar from '@fullcalendar/react';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import type { MetaEntity, MoneyValue, WireRecord } from '../../../web/api/types.ts';
import { daysFromToday, moneyText } from '../../../web/fields/format.ts';
import { currentLanguage } from '../../../web/i18n/index.ts';
import { usePhone } from '../../../web/shell/hooks.ts';
import { MOST_SHOWN, moveClose, partnerOf, useClosing } from './closing.ts';
import { MoveDialog } from './MoveDialog.tsx';
import { Views } from './Views.tsx';
import './sales.css';

/** Open business on the day it is expected to be decided; dragged to another, or sent there from its dialog. */
export function ClosingCalendar() {
  const { t } = useTranslation();
  const meta = useMeta();
  const phone = usePhone();
  const entity = meta.entity('opportunity') as MetaEntity;
  const [range, setRange] = useState<{ from: string; to: string } | null>(null);
  const [mine, setMine] = useState(false);
  const [chosen, setChosen] = useState<WireRecord | null>(null);
  const { data, error } = useClosing(range, mine ? meta.me.id : null);
  const drop = async ({ event, revert }: EventDropArg) => {
    const record = event.extendedProps.record as WireRecord;
    if (!(await moveClose(entity, record, event.startStr.slice(0, 10)))) revert();
  };
  return (
    <div className="page full closing">
      <div className="head">
        <h1 tabIndex={-1}>{t('sales.calendarTitle')}</h1>
        <Views now="calendar" />
        <span className="fill" />
        <Button type={mine ? 'primary' : 'default'} aria-pressed={mine} onClick={() => setMine(!mine)}>
          {t('sales.mine')}
        </Button>
      </div>
      {error && <p className="form-error">{messageOf(error)}</p>}
      {(data?.total ?? 0) > MOST_SHOWN && <p className="quiet">{t('sales.moreOf', { count: MOST_SHOWN })}</p>}
      <FullCalendar
        key={phone ? 'phone' : 'wide'}
        plugins={[dayGrid, list, interaction]}
        {...(currentLanguage() === 'zh' ? { locale: zh } : { locale: 'en-gb' })}
        timeZone="UTC"
        firstDay={1}
        height={phone ? 'auto' : 'calc(100dvh - 150px)'}
        initialView={phone ? 'listMonth' : 'dayGridMonth'}
        buttonIcons={false}
        buttonText={{ prev: '‹', next: '›' }}
        headerToolbar={{
          start: 'prev,next today',
          center: 'title',
          end: phone ? '' : 'dayGridMonth,listMonth',
        }}
        dayMaxEvents
        noEventsText={t('sales.noneThen')}
        events={data?.items.map(eventOf) ?? []}
        datesSet={({ startStr, end }) =>
          setRange({
            from: startStr.slice(0, 10),
            to: new Date(end.getTime() - 1).toISOString().slice(0, 10),
          })
        }
        eventDrop={(dropped) => void drop(dropped)}
        eventInteractive
        eventClick={({ event, jsEvent }: EventClickArg) => {
          jsEvent.preventDefault();
          setChosen(event.extendedProps.record as WireRecord);
        }}
        longPressDelay={400}
      />
      {chosen && <MoveDialog entity={entity} record={chosen} onClose={() => setChosen(null)} />}
    </div>
  );
}

function eventOf(record: WireRecord): EventInput {
  const amount = record.amount as MoneyValue | null | undefined;
  const day = String(record.closeDate);
  return {
    id: record.id,
    title: [record.title, amount ? moneyText(amount) : null, partnerOf(record)].filter(Boolean).join(' · '),
    start: day,
    allDay: true,
    editable: record.can.update,
    durationEditable: false,
    classNames: ['closing-item', daysFromToday(day) < 0 ? 'late' : ''],
    extendedProps: { record },
  };
}
