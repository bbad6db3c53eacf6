import { Link } from '@tanstack/react-router';
import { Button, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { instantText } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import { submits } from '../../../web/shell/useSaving.ts';
import { type CalendarItem, refreshAgenda, withClock } from './api.ts';

const DateInput = lazy(() => import('../../../web/fields/DateInput.tsx'));

interface Props {
  item: CalendarItem;
  onMove: (to: { date: string; at: string | null }) => Promise<boolean>;
  onClose: () => void;
}

/** One item: open it, put it on another day, or write down a follow-up of its customer. */
export function ItemDialog({ item, onMove, onClose }: Props) {
  const { t } = useTranslation();
  const meta = useMeta();
  const type = meta.entity(item.entity);
  const activity = meta.entity('activity');
  const [date, setDate] = useState<string | null>(item.date);
  const { customer } = item;
  const follow = async () => {
    onClose();
    if (activity && customer && (await openCreate(activity, { customer }))) await refreshAgenda();
  };
  const move = async () => {
    if (!date) return;
    if (await onMove({ date, at: item.at && withClock(date, item.at) })) onClose();
  };
  return (
    <Modal open title={item.title} footer={null} onCancel={onClose} width={400}>
      <p className="quiet">
        {[
          item.label,
          item.at ? instantText(item.at) : item.date,
          customer && customer.id !== item.id ? customer.title : null,
          item.owner?.title,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {item.move && (
        <form className="agenda-move" onSubmit={submits(move)}>
          <Suspense fallback={<span className="input-wait" />}>
            <DateInput label={t('agenda.moveTo')} withTime={false} value={date} onChange={setDate} />
          </Suspense>
          <Button htmlType="submit" disabled={!date || date === item.date}>
            {t('agenda.move')}
          </Button>
        </form>
      )}
      <div className="head">
        {type && (
          <Link
            className="button primary"
            to="/r/$plural/$id"
            params={{ plural: type.plural, id: item.id }}
            onClick={onClose}
          >
            {t('agenda.open')}
          </Link>
        )}
        {customer && may(activity, 'create') && (
          <Button onClick={() => void follow()}>{t('agenda.follow')}</Button>
        )}
      </div>
    </Modal>
  );
}
