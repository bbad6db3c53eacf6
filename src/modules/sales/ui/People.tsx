import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { fieldOf, may, useMeta } from '../../../web/api/meta.tsx';
import { createRecord, refreshEntity } from '../../../web/api/records.ts';
import type { Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { valueText } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import type { Cover } from '../stakeholder/cover.shared.ts';
import './sales.css';

const TONES: Readonly<Record<string, string>> = { support: 'song', against: 'zhu' };

/** Who takes part on the customer's side, how each stands, and what is missing. */
export function People({ record }: SlotProps) {
  const { t } = useTranslation();
  const meta = useMeta();
  const entity = meta.entity('stakeholder');
  const { busy, run } = useSaving();
  const { data } = useQuery({
    queryKey: ['short', 'stakeholders', record.id, record.version],
    enabled: !!entity,
    queryFn: ({ signal }) => get<Cover<WireRecord>>(`/opportunities/${record.id}/cover`, undefined, signal),
  });
  if (!entity || !data) return null;
  const adds = may(entity, 'create') && record.can.update;
  const field = (name: string) => entity.fields.find((each) => each.name === name);
  const words = (item: WireRecord, name: string) => {
    const known = field(name);
    return known && item[name] ? valueText(known, item[name]) : null;
  };
  // From whom it goes to whom, or both ways.
  const tieType = meta.entity('tie');
  const kind = tieType && fieldOf(tieType, 'kind');
  const nameOf = (item: unknown) => (item as Reference | null | undefined)?.title ?? '—';
  const ties = data.ties.map((tie) => ({
    id: tie.id,
    words: t(tie.direction === 'forward' ? 'sales.tieTo' : 'sales.tie', {
      from: nameOf(tie.from),
      to: nameOf(tie.to),
      kind: kind ? valueText(kind, tie.kind) : '',
    }),
  }));
  const add = async () => {
    const made = await openCreate(entity, { opportunity: { id: record.id, title: record.title } });
    if (made) refreshEntity(entity.plural);
  };
  const take = (contact: string, name: string) =>
    void run(async () => {
      await createRecord(entity.plural, { opportunity: record.id, contact });
      refreshEntity(entity.plural);
      toast(t('sales.takenIn', { name }), { kind: 'good' });
    }, toastError);
  return (
    <section className="card">
      <header>
        <h2>{t('sales.people')}</h2>
        <span className="fill" />
        {adds && (
          <button type="button" className="link" onClick={() => void add()}>
            {t('sales.addPerson')}
          </button>
        )}
      </header>
      <div className="card-body sales-people">
        {data.gaps.length > 0 && (
          <ul className="sales-gaps">
            {data.gaps.map((gap) => (
              <li key={gap} className={`tag ${gap === 'against' || gap === 'noDecider' ? 'zhu' : 'teng'}`}>
                {t(`sales.gap.${gap}`)}
              </li>
            ))}
          </ul>
        )}
        <ul>
          {data.people.map((item) => {
            const contact = item.contact as Reference | null | undefined;
            return (
              <li key={item.id}>
                <Link to="/r/$plural/$id" params={{ plural: entity.plural, id: item.id }}>
                  {contact?.title ?? '—'}
                </Link>{' '}
                {words(item, 'role') && <span className="tag dai">{words(item, 'role')}</span>}{' '}
                {words(item, 'stance') && (
                  <span className={`tag ${TONES[String(item.stance)] ?? ''}`}>{words(item, 'stance')}</span>
                )}
                {typeof item.note === 'string' && item.note && <small>{item.note}</small>}
              </li>
            );
          })}
          {data.people.length === 0 && <li className="quiet">{t('sales.noPeople')}</li>}
        </ul>
        {ties.length > 0 && (
          <ul className="sales-ties" aria-label={t('sales.ties')}>
            {ties.map((tie) => (
              <li key={tie.id}>{tie.words}</li>
            ))}
          </ul>
        )}
        {adds && data.suggestions.length > 0 && (
          <p>
            <span className="quiet">{t('sales.suggested')}</span>{' '}
            {data.suggestions.slice(0, 5).map(({ id, title }) => (
              <button
                key={id}
                type="button"
                className="chip"
                disabled={busy}
                aria-label={t('sales.takeIn', { name: title })}
                onClick={() => take(id, title)}
              >
                + {title}
              </button>
            ))}
          </p>
        )}
      </div>
    </section>
  );
}
