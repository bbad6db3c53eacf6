import { Link } from '@tanstack/react-router';
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity, useShortList } from '../../../web/api/records.ts';
import { saveEdit } from '../../../web/api/save.ts';
import type { Link as Reference } from '../../../web/api/types.ts';
import { daysFromToday } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import type { SlotProps } from '../../../web/slots.ts';

/** What is still to do for this customer or person; one press marks it done. */
export function OpenTasks({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const task = useMeta().entity('task');
  const field = entity.name;
  const { data } = useShortList(
    task?.plural,
    {
      filter: {
        and: [
          { field, op: 'eq', value: record.id },
          { field: 'status', op: 'in', value: ['open'] },
        ],
      },
      sort: 'dueDate',
    },
    20,
  );
  if (!task) return null;
  const create = async () => {
    if (await openCreate(task, { [field]: { id: record.id, title: record.title } }))
      refreshEntity(task.plural);
  };
  return (
    <section className="card">
      <header>
        <h2>{t('tasks.open')}</h2>
        <span className="quiet">{data?.total || ''}</span>
        <span className="fill" />
        {may(task, 'create') && (
          <button type="button" className="link" onClick={() => void create()}>
            {t('tasks.add')}
          </button>
        )}
      </header>
      <ul className="task-list open-tasks">
        {data?.items.map((item) => (
          <li key={item.id}>
            <Checkbox
              aria-label={t('tasks.finish', { title: item.title })}
              disabled={!item.can.update}
              checked={item.status === 'done'}
              onChange={async () => {
                if (await saveEdit(task, item, { status: 'done' })) refreshEntity(task.plural);
              }}
            />
            <div className="what">
              <Link to="/r/$plural/$id" params={{ plural: task.plural, id: item.id }} title={item.title}>
                {item.title}
              </Link>
              <small>{(item.owner as Reference | null)?.title}</small>
            </div>
            <Due day={item.dueDate as string | null} />
          </li>
        ))}
        {data?.items.length === 0 && <li className="quiet">{t('tasks.none')}</li>}
      </ul>
    </section>
  );
}

function Due({ day }: { day: string | null }) {
  const { t } = useTranslation();
  if (!day) return null;
  const days = daysFromToday(day);
  if (days < 0) return <span className="tag zhu">{t('tasks.late', { count: -days })}</span>;
  if (days === 0) return <span className="tag teng">{t('period.today')}</span>;
  return <span className="tag">{day.slice(5)}</span>;
}
