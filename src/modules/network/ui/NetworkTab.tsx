import { Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { openCreate } from '../../../web/form/create.ts';
import { usePhone } from '../../../web/shell/hooks.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { addWithUndo, refreshRelations, useRelations } from './api.ts';
import { RelationList } from './RelationList.tsx';
import './network.css';

const Drawing = lazy(() => import('./Drawing.tsx').then((m) => ({ default: m.Drawing })));

const WAYS = ['graph', 'chart', 'list'] as const;

/** Who decides, who knows whom: drawn, as an organisation chart, or as a list with the same content. */
export function NetworkTab({ record }: SlotProps) {
  const { t } = useTranslation();
  const meta = useMeta();
  const phone = usePhone();
  const [way, setWay] = useState<(typeof WAYS)[number]>(phone ? 'list' : 'graph');
  const { data, error } = useRelations(record.id);
  const contact = meta.entity('contact');
  const acquaintance = meta.entity('acquaintance');
  if (error) return <p className="form-error">{messageOf(error)}</p>;
  if (!data || !contact) return null;
  const create = async (name: string, values: Record<string, unknown>) => {
    const entity = meta.entity(name);
    if (!entity || !(await openCreate(entity, values))) return;
    refreshEntity(entity.plural);
    refreshRelations();
  };
  const nameOf = (id: string) => data.people.find((person) => person.id === id)?.title ?? '';
  return (
    <div className="network">
      <div className="child-head">
        <Segmented
          aria-label={t('network.title')}
          value={way}
          options={WAYS.map((value) => ({ value, label: t(`network.${value}`) }))}
          onChange={setWay}
        />
        <span className="fill" />
        {may(contact, 'create') && (
          <button
            type="button"
            className="link"
            onClick={() => void create('contact', { customer: { id: record.id, title: record.title } })}
          >
            {t('network.addPerson')}
          </button>
        )}
        {may(meta.entity('tie'), 'create') && data.people.length > 0 && (
          <button type="button" className="link" onClick={() => void create('tie', {})}>
            {t('network.addTie')}
          </button>
        )}
        {may(acquaintance, 'create') && data.people.length > 0 && (
          <button type="button" className="link" onClick={() => void create('acquaintance', {})}>
            {t('network.addKnown')}
          </button>
        )}
      </div>
      {data.people.length === 0 ? (
        <p className="quiet pad-text">{t('network.none')}</p>
      ) : way === 'list' ? (
        <RelationList graph={data} />
      ) : (
        <Suspense fallback={<div className="network-canvas" />}>
          <Drawing key={way} graph={data} chart={way === 'chart'} title={record.title} create={create} />
        </Suspense>
      )}
      {acquaintance && may(acquaintance, 'create') && data.suggestions.length > 0 && (
        <ul className="suggestions" aria-label={t('network.suggestions')}>
          {data.suggestions.slice(0, 6).map(({ contact: id, user, times, strength }) => (
            <li key={`${id}${user.id}`}>
              {t('network.suggestion', { user: user.title, contact: nameOf(id), times })}{' '}
              <button
                type="button"
                className="link"
                onClick={() =>
                  void addWithUndo(
                    acquaintance,
                    { contact: id, user: user.id, strength },
                    t('network.noted', { user: user.title, contact: nameOf(id) }),
                  )
                }
              >
                {t('network.accept', { strength })}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
