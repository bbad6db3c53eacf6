import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import type { MetaEntity } from '../../../web/api/types.ts';
import { openCreate } from '../../../web/form/create.ts';
import { EntityIcon } from '../../../web/shell/icons.tsx';
import { instantOf, refreshAgenda } from './api.ts';

/** An empty place in the calendar. */
export interface Slot {
  date: string;
  at: string | null;
}

/** Which fields a new record takes the place's day and time into. */
const KINDS: { entity: string; date: string; at?: string }[] = [
  { entity: 'task', date: 'dueDate' },
  { entity: 'visit', date: 'date', at: 'startsAt' },
  { entity: 'meeting', date: 'date', at: 'startsAt' },
  { entity: 'callBack', date: 'dueDate' },
];

/** Noon: of a day on which nobody said when. */
const NOON = '12:00';

/** What to put into an empty place. */
export function NewDialog({ slot, onClose }: { slot: Slot; onClose: () => void }) {
  const { t } = useTranslation();
  const meta = useMeta();
  const kinds = KINDS.flatMap((kind) => {
    const entity = meta.entity(kind.entity);
    return entity && may(entity, 'create') ? [{ ...kind, type: entity }] : [];
  });
  const make = async (type: MetaEntity, date: string, at: string | undefined) => {
    onClose();
    const made = await openCreate(type, { [date]: slot.date, ...(at && slot.at ? { [at]: slot.at } : {}) });
    if (made) await refreshAgenda();
  };
  const activity = meta.entity('activity');
  const follow = async () => {
    onClose();
    if (!activity) return;
    const at = slot.at ?? instantOf(`${slot.date}T${NOON}`);
    // What lies ahead has not happened yet: the form then takes the present.
    const made = await openCreate(activity, Date.parse(at) < Date.now() ? { occurredAt: at } : {});
    if (made) await refreshAgenda();
  };
  return (
    <Modal open title={t('agenda.newOn', { date: slot.date })} footer={null} onCancel={onClose} width={360}>
      <div className="agenda-new">
        {kinds.map(({ type, date, at }) => (
          <button key={type.name} type="button" className="button" onClick={() => void make(type, date, at)}>
            <EntityIcon entity={type} /> {type.label}
          </button>
        ))}
        {activity && may(activity, 'create') && (
          <button type="button" className="button" onClick={() => void follow()}>
            <EntityIcon entity={activity} /> {activity.label}
          </button>
        )}
      </div>
    </Modal>
  );
}
