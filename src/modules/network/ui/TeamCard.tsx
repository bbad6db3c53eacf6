import { useTranslation } from 'react-i18next';
import { fieldOf, may, useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity, useShortList } from '../../../web/api/records.ts';
import type { Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { valueText } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import { initial } from '../../../web/shell/UserMenu.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import { refreshRelations, removeWithUndo } from './api.ts';
import './network.css';

/** Who works on this customer: the owner first, then the team, each with his role and what he may do. */
export function TeamCard({ record }: SlotProps) {
  const { t } = useTranslation();
  const member = useMeta().entity('teamMember');
  const { data } = useShortList(
    member?.plural,
    { filter: { field: 'customer', op: 'eq', value: record.id }, sort: 'createdAt' },
    50,
  );
  if (!member) return null;
  const owner = record.owner as Reference | null | undefined;
  const add = async () => {
    if (!(await openCreate(member, { customer: { id: record.id, title: record.title } }))) return;
    refreshEntity(member.plural);
    refreshRelations();
  };
  return (
    <section className="card team-card">
      <header>
        <h2>{t('team.title')}</h2>
        <span className="quiet">{data?.items.length || ''}</span>
        <span className="fill" />
        {may(member, 'create') && (
          <button type="button" className="link" onClick={() => void add()}>
            {t('team.add')}
          </button>
        )}
      </header>
      <ul className="people">
        {owner && (
          <li>
            <span className="avatar small" aria-hidden>
              {initial(owner.title ?? '')}
            </span>
            <div className="who">
              {owner.title ?? t('record.outOfSight')} <span className="tag dai">{t('team.owner')}</span>
            </div>
          </li>
        )}
        {data?.items.map((item) => (
          <Member key={item.id} item={item} />
        ))}
        {data?.items.length === 0 && <li className="quiet">{t('team.none')}</li>}
      </ul>
    </section>
  );
}

function Member({ item }: { item: WireRecord }) {
  const { t } = useTranslation();
  const meta = useMeta();
  const member = meta.entity('teamMember');
  const { data: left } = useShortList(
    meta.entity('user')?.plural,
    { filter: { field: 'status', op: 'in', value: ['deactivated'] } },
    200,
  );
  if (!member) return null;
  const user = item.user as Reference;
  const role = fieldOf(member, 'role');
  const gone = left?.items.some(({ id }) => id === user.id);
  const term = [item.startsOn, item.endsOn].some(Boolean) && `${item.startsOn ?? ''} – ${item.endsOn ?? ''}`;
  return (
    <li>
      <span className="avatar small" aria-hidden>
        {initial(item.title)}
      </span>
      <div className="who">
        {item.title} {gone && <span className="tag zhu">{t('team.gone')}</span>}
        <small>
          {[role && valueText(role, item.role), t(`team.access.${item.access as string}`), term]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </div>
      {item.can.delete && (
        <button
          type="button"
          className="link"
          aria-label={t('team.removeOf', { name: item.title })}
          onClick={() => void removeWithUndo(member, item, t('team.removed', { name: item.title }))}
        >
          {t('team.remove')}
        </button>
      )}
    </li>
  );
}
