import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import type { Membership } from '../segment/explain.shared.ts';
import { useMemberships } from './api.ts';
import { Why } from './Why.tsx';
import './segments.css';

/** The segments this customer or person is in, each with its reasons; also those it is not in. */
export function InSegments({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const known = useMeta().entity('segment');
  const [others, setOthers] = useState(false);
  const { data } = useMemberships(entity.name, record.id);
  if (!known || !data || data.items.length === 0) return null;
  const inside = data.items.filter(({ member }) => member);
  const outside = data.items.filter(({ member }) => !member);
  return (
    <section className="card">
      <header>
        <h2>{t('segments.in')}</h2>
        <span className="quiet">{inside.length || ''}</span>
        <span className="fill" />
        {outside.length > 0 && (
          <button type="button" className="link" aria-expanded={others} onClick={() => setOthers(!others)}>
            {t('segments.others', { count: outside.length })}
          </button>
        )}
      </header>
      <ul className="segment-in">
        {[...inside, ...(others ? outside : [])].map((item) => (
          <One key={item.id} item={item} {...{ entity, record }} />
        ))}
        {inside.length === 0 && !others && <li className="quiet">{t('segments.inNone')}</li>}
      </ul>
    </section>
  );
}

function One({ item, entity, record }: SlotProps & { item: Membership }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const state = item.member === null ? 'unclear' : item.member ? 'yes' : 'no';
  return (
    <li>
      <div className="segment-line">
        <span className={`segment-mark ${state}`} role="img" aria-label={t(`segments.is.${state}`)}>
          {MARKS[state]}
        </span>
        <Link to={`/segments/${item.id}` as string}>{item.name}</Link>
        {item.kind === 'frozen' && <span className="tag dai">{t('segments.kind.frozen')}</span>}
        <span className="fill" />
        <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('segments.why')}
        </button>
      </div>
      {open && <Why entity={entity} segment={item.id} record={record.id} />}
    </li>
  );
}

const MARKS = { yes: '✓', no: '✗', unclear: '!' } as const;
