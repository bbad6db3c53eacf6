import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { useShortList } from '../../../web/api/records.ts';
import type { Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { daysFromToday } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import { refreshWork } from './api.ts';
import './work.css';

/** Promises still to be kept to this customer or person; one press says that one was. */
export function Promises({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const promise = useMeta().entity('promise');
  const { data } = useShortList(
    promise?.plural,
    {
      filter: {
        and: [
          { field: entity.name, op: 'eq', value: record.id },
          { field: 'status', op: 'in', value: ['open', 'renegotiated'] },
        ],
      },
      sort: 'dueAt',
    },
    10,
  );
  if (!promise || !data?.items.length) return null;
  return (
    <section className="card">
      <header>
        <h2>{t('promise.open')}</h2>
        <span className="quiet">{data.total}</span>
        <span className="fill" />
        {typeof record.keepRate === 'number' && (
          <span className="quiet">{t('promise.rate', { rate: record.keepRate })}</span>
        )}
      </header>
      <ul className="task-list promise-list">
        {data.items.map((item) => (
          <li key={item.id}>
            <div className="what">
              <Link to="/r/$plural/$id" params={{ plural: promise.plural, id: item.id }}>
                {item.title}
              </Link>
              <small>{(item.owner as Reference | null)?.title}</small>
            </div>
            <Due promise={item} />
            {item.can.update && (
              <Button size="small" onClick={() => void keepPromise(item, t)}>
                {t('promise.keep')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Says that a promise was kept, with a way back. */
export async function keepPromise(item: WireRecord, t: (key: string) => string): Promise<void> {
  try {
    await post(`/promises/${item.id}/keep`);
    refreshWork();
    toast(t('promise.kept'), {
      kind: 'good',
      detail: item.title,
      action: {
        label: t('undo'),
        run: () => void post(`/promises/${item.id}/reopen`).then(refreshWork, toastError),
      },
    });
  } catch (error) {
    toastError(error);
  }
}

function Due({ promise }: { promise: WireRecord }) {
  const { t } = useTranslation();
  const day = promise.dueDate as string;
  const days = daysFromToday(day);
  if (Date.parse(promise.dueAt as string) <= Date.now())
    return <span className="tag zhu">{days < 0 ? t('tasks.late', { count: -days }) : t('promise.due')}</span>;
  return (
    <span className={`tag ${days === 0 ? 'teng' : ''}`}>{days === 0 ? t('period.today') : day.slice(5)}</span>
  );
}

/** Plans a visit or a meeting with this customer. */
export function PlanButtons({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const meta = useMeta();
  const customer =
    entity.name === 'customer'
      ? { id: record.id, title: record.title }
      : (record.customer as Reference | null | undefined);
  // What waits in a pool is claimed first: the server says whose records are veiled to whom.
  if (!customer || record.veiled) return null;
  const plan = async (name: string) => {
    const target = meta.entity(name);
    const contacts = entity.name === 'contact' ? { contacts: [{ id: record.id, title: record.title }] } : {};
    if (target && (await openCreate(target, { customer, ...contacts }))) refreshWork();
  };
  return (
    <span className="work-actions">
      {['visit', 'meeting'].map(
        (name) =>
          may(meta.entity(name), 'create') && (
            <Button key={name} size="small" onClick={() => void plan(name)}>
              {t(`plan.${name}`)}
            </Button>
          ),
      )}
    </span>
  );
}
