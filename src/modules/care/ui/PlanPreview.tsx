import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { messageOf, post } from '../../../web/api/client.ts';
import { useDebounced } from '../../../web/shell/hooks.ts';
import { isReady, type PlanDraft, wishOf } from './plan.ts';

interface Previewed {
  customers: number | null;
  people: { name: string; company: string; on: string; due: string; text: string; by: string | null }[];
  unknown: string[];
}

const TYPING_MS = 300;

/** What would come of a plan: for how many, and the words the next real people would be sent. */
export function PlanPreview({ draft, plan }: { draft: PlanDraft; plan?: string | undefined }) {
  const { t } = useTranslation();
  const wish = useDebounced(JSON.stringify({ ...wishOf(draft), ...(plan ? { id: plan } : {}) }), TYPING_MS);
  const { data, error } = useQuery({
    queryKey: ['care', 'plan-preview', wish],
    queryFn: () => post<Previewed>('/care-plans/preview', JSON.parse(wish)),
    enabled: isReady({ ...draft, name: '-' }),
    placeholderData: (old) => old,
    retry: false,
  });
  return (
    <aside className="care-preview" aria-live="polite">
      <h3>{t('care.preview')}</h3>
      {error && <p className="form-error">{messageOf(error)}</p>}
      {!data && !error && <p className="quiet">{t('care.previewFestival')}</p>}
      {data && (
        <p>
          {data.customers === null
            ? t('care.previewBroken')
            : t('care.previewCustomers', { count: data.customers })}
        </p>
      )}
      {data && data.unknown.length > 0 && (
        <p className="form-error" role="alert">
          {t('care.previewUnknown', { names: data.unknown.map((name) => `{${name}}`).join(' ') })}
        </p>
      )}
      {data?.people.map((person) => (
        <article key={person.name + person.company} className="care-sample">
          <b>{person.name}</b> <span className="quiet">{person.company}</span>
          <small>{t('care.previewWhen', { on: person.on, due: person.due })}</small>
          {person.by && <p className="care-other">{t('care.previewOther', { plan: person.by })}</p>}
          {person.text && !person.by && <blockquote>{person.text}</blockquote>}
        </article>
      ))}
      {data?.people.length === 0 && <p className="quiet">{t('care.previewNobody')}</p>}
      <p className="field-hint">{t('care.once')}</p>
    </aside>
  );
}
