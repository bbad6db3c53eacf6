import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { post } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import type { MetaEntity } from '../api/types.ts';
import { shortInstant } from '../fields/format.ts';
import { useDebounced } from '../shell/hooks.ts';
import { toast, toastError } from '../shell/toasts.tsx';
import type { FormSlotProps } from '../slots.ts';
import '../styles/duplicates.css';
import type { DuplicateHit } from './api.ts';

const TELLING = new Set(['text', 'phone', 'phones', 'email', 'region', 'choice', 'reference']);

/** Says while a record is being written that it may be there already; it never keeps anyone from saving. */
export function Hits({ entity, values }: FormSlotProps) {
  return entity.compared ? <Found entity={entity} values={values} /> : null;
}

function Found({ entity, values }: FormSlotProps) {
  const { t } = useTranslation();
  const meta = useMeta();
  const wanted = JSON.stringify(draftOf(entity, values));
  const draft = useDebounced(wanted, 500);
  const { data } = useQuery({
    queryKey: ['duplicates', 'check', entity.name, draft],
    queryFn: () =>
      post<{ hits: DuplicateHit[] }>('/duplicates/check', { entity: entity.name, values: JSON.parse(draft) }),
    enabled: draft.length > 2,
    // A limit reached or no connection: the form goes on without the hint.
    retry: false,
    placeholderData: (before) => before,
  });
  const hits = draft.length > 2 ? (data?.hits ?? []) : [];
  return (
    <div className="duplicate-place" aria-live="polite">
      {hits.length > 0 && (
        <section className="duplicate-hits">
          <b>{t('duplicates.maybe', { count: hits.length, label: meta.entity(entity.name)?.label ?? '' })}</b>
          <ul>
            {hits.map((hit) => (
              <Hit key={hit.id} entity={entity} hit={hit} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Hit({ entity, hit }: { entity: MetaEntity; hit: DuplicateHit }) {
  const { t } = useTranslation();
  const ask = (kind: 'share' | 'transfer') =>
    post('/duplicates/request', { entity: entity.name, id: hit.id, kind }).then(
      () => toast(t('duplicates.asked', { name: hit.owner?.title ?? '' }), { kind: 'good' }),
      toastError,
    );
  return (
    <li>
      <span className="hit-name">
        {hit.visible ? (
          <a href={`/r/${entity.plural}/${hit.id}`} target="_blank" rel="noreferrer">
            {hit.title}
          </a>
        ) : (
          hit.title
        )}
        <small>
          {[
            hit.subtitle,
            !hit.subtitle && hit.owner?.title && t('duplicates.ownedBy', { name: hit.owner.title }),
            hit.lastContactAt && t('duplicates.lastContact', { when: shortInstant(hit.lastContactAt) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </span>
      <Reasons reasons={hit.reasons} />
      {!hit.visible && hit.owner && (
        <span className="hit-ask">
          <button type="button" className="link" onClick={() => void ask('share')}>
            {t('duplicates.askShare')}
          </button>
          <button type="button" className="link" onClick={() => void ask('transfer')}>
            {t('duplicates.askTransfer')}
          </button>
        </span>
      )}
    </li>
  );
}

export function Reasons({ reasons }: Pick<DuplicateHit, 'reasons'>) {
  return (
    <span className="tag-row">
      {reasons.map(({ code, label }) => (
        <span key={code} className={`tag ${code.startsWith('other') ? 'teng' : ''}`}>
          {label}
        </span>
      ))}
    </span>
  );
}

/** What of the form tells who is meant. */
function draftOf(entity: MetaEntity, values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    entity.fields
      .filter((field) => TELLING.has(field.kind) && !field.internal)
      .flatMap(({ name }) => {
        const value = values[name];
        const empty = value === null || value === undefined || value === '';
        return empty || (Array.isArray(value) && value.length === 0) ? [] : [[name, value]];
      }),
  );
}
