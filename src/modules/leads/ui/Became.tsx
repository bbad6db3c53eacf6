import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import type { Link as Reference } from '../../../web/api/types.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { isOpen, useMatches } from './api.ts';
import './leads.css';

/** What became of a lead, or who it may be already. */
export function Became({ entity, record }: SlotProps) {
  if (record.status === 'converted') return <Result record={record} entity={entity} />;
  return isOpen(record) ? <Matches record={record} entity={entity} /> : null;
}

const RESULTS = ['customer', 'contact', 'opportunity'] as const;

function Result({ record }: SlotProps) {
  const { t } = useTranslation();
  const meta = useMeta();
  const links = RESULTS.flatMap((name) => {
    const link = record[name] as Reference | null | undefined;
    const target = meta.entity(name);
    return link && target ? [{ link, target }] : [];
  });
  return (
    <section className="card">
      <header>
        <h2>{t('leads.became')}</h2>
      </header>
      <ul className="card-body lead-list">
        {links.map(({ link, target }) => (
          <li key={link.id}>
            <span className="quiet">{target.label}</span>{' '}
            <Link to="/r/$plural/$id" params={{ plural: target.plural, id: link.id }}>
              {link.title ?? t('record.outOfSight')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Matches({ record }: SlotProps) {
  const { t } = useTranslation();
  const { data } = useMatches(record);
  const hits = [
    ...(data?.customers ?? []).map((hit) => ({ ...hit, plural: 'customers' })),
    ...(data?.contacts ?? []).map((hit) => ({ ...hit, plural: 'contacts' })),
  ];
  if (hits.length === 0) return null;
  return (
    <section className="card">
      <header>
        <h2>{t('leads.maybe')}</h2>
      </header>
      <ul className="card-body lead-list">
        {hits.map((hit) => (
          <li key={hit.id}>
            {hit.visible ? (
              <Link to="/r/$plural/$id" params={{ plural: hit.plural, id: hit.id }}>
                {hit.title}
              </Link>
            ) : (
              <span>{hit.title}</span>
            )}{' '}
            <span className="quiet">
              {hit.visible ? hit.subtitle : t('leads.ownedBy', { owner: hit.owner?.title ?? '—' })}
            </span>
            <span className="tag-row">
              {hit.reasons.map(({ code, label }) => (
                <span key={code} className={`tag ${code.startsWith('other') ? 'teng' : ''}`}>
                  {label}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
