import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { get, put } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity, useShortList } from '../../../web/api/records.ts';
import type { WireRecord } from '../../../web/api/types.ts';
import { valueText } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import { toastError } from '../../../web/shell/toasts.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import { useFestivals } from './Festivals.tsx';
import './care.css';

interface Preference {
  off: boolean;
  festivals: string[] | null;
}

/** What one would not forget of a customer or person: the next birthday, what is remembered, and whether care is wanted. */
export function CareCard({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const fact = useMeta().entity('rememberedFact');
  const { data } = useShortList(
    fact?.plural,
    { filter: { field: entity.name, op: 'eq', value: record.id }, sort: '-updatedAt' },
    20,
  );
  if (!fact) return null;
  const link = { id: record.id, title: record.title };
  const create = async () => {
    const customer = entity.name === 'customer' ? link : record.customer;
    const values = entity.name === 'customer' ? { customer } : { customer, contact: link };
    if (await openCreate(fact, values)) refreshEntity(fact.plural);
  };
  const birthday = entity.fields.find(({ name }) => name === 'birthday');
  const day = fact.fields.find(({ name }) => name === 'day');
  return (
    <section className="card">
      <header>
        <h2>{t('care.remember')}</h2>
        <span className="fill" />
        {may(fact, 'create') && (
          <button type="button" className="link" onClick={() => void create()}>
            {t('care.rememberMore')}
          </button>
        )}
      </header>
      <ul className="task-list">
        {typeof record.nextBirthday === 'string' && birthday && (
          <li>
            <div className="what">
              {t('care.birthday')}
              <small>{valueText(birthday, record.birthday)}</small>
            </div>
            <span className="tag teng">{record.nextBirthday}</span>
          </li>
        )}
        {data?.items.map((item) => (
          <Fact key={item.id} item={item} plural={fact.plural} when={day ? valueText(day, item.day) : ''} />
        ))}
        {data?.items.length === 0 && <li className="quiet">{t('care.rememberNone')}</li>}
      </ul>
      <Wanted type={entity.name} record={record} />
    </section>
  );
}

function Fact({ item, plural, when }: { item: WireRecord; plural: string; when: string }) {
  return (
    <li>
      <div className="what">
        <Link to="/r/$plural/$id" params={{ plural, id: item.id }}>
          {item.title}
        </Link>
        <small>{when}</small>
      </div>
      {typeof item.nextOn === 'string' && <span className="tag">{item.nextOn}</span>}
    </li>
  );
}

function Wanted({ type, record }: { type: string; record: WireRecord }) {
  const { t } = useTranslation();
  const path = `/care/preferences/${type}/${record.id}`;
  const key = ['care', 'preference', record.id];
  const festivals = useFestivals();
  const { data } = useQuery({ queryKey: key, queryFn: () => get<Preference>(path) });
  if (!data) return null;
  const change = (part: Partial<Preference>) =>
    put(path, { ...data, ...part }).then(
      () => void queryClient.invalidateQueries({ queryKey: key }),
      toastError,
    );
  return (
    <>
      {!data.off && festivals.length > 0 && (
        <div className="care-wanted">
          <Select
            aria-label={t('care.festivals')}
            mode="multiple"
            size="small"
            value={data.festivals ?? []}
            disabled={!record.can.update}
            placeholder={t('care.festivalsEvery')}
            options={festivals}
            onChange={(chosen: string[]) => void change({ festivals: chosen.length ? chosen : null })}
            style={{ width: '100%' }}
          />
        </div>
      )}
      <label className="care-wanted" htmlFor={`care-off-${record.id}`}>
        <Switch
          id={`care-off-${record.id}`}
          size="small"
          checked={data.off}
          disabled={!record.can.update}
          onChange={(off) => void change({ off })}
        />
        <span>{t('care.off')}</span>
      </label>
    </>
  );
}
