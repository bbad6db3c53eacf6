import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { useList } from '../../../web/api/records.ts';
import type { MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { shortInstant } from '../../../web/fields/format.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import { type FormKind, type FormState, KINDS } from '../form/form.shared.ts';
import { PLURAL, STATE_TONE } from './api.ts';
import './forms.css';
import { NewForm } from './NewForm.tsx';

/** The six forms, and every one there is of them. */
export function FormsPage() {
  const { t } = useTranslation();
  const entity = useMeta().entity('customerForm');
  if (!entity) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  return <Forms entity={entity} />;
}

function Forms({ entity }: { entity: MetaEntity }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { kind: asked } = useSearch({ strict: false }) as { kind?: string };
  const kind = KINDS.find((each) => each === asked) ?? null;
  const [making, setMaking] = useState<FormKind | null>(null);
  const filter = kind ? ({ field: 'kind', op: 'in', value: [kind] } as const) : null;
  const { data, error, refetch, hasNextPage, fetchNextPage } = useList(PLURAL, {
    sort: '-startsOn',
    filter: filter && { ...filter, value: [...filter.value] },
  });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const items = data.pages.flatMap((page) => page.items);
  const choose = (next: FormKind | null) =>
    void navigate({ to: '/forms' as string, search: (next ? { kind: next } : {}) as never });
  const create = may(entity, 'create');
  return (
    <div className="page full sheets">
      <div className="head">
        <h1 tabIndex={-1}>{t('sheets.title')}</h1>
        <span className="fill" />
        <Link className="button" to="/r/$plural" params={{ plural: PLURAL }} search={{ bin: true }}>
          {t('bin.title')}
        </Link>
        {create && (
          <button type="button" className="button primary" onClick={() => setMaking(kind ?? 'area')}>
            {t('sheets.new')}
          </button>
        )}
      </div>
      <ul className="sheet-kinds">
        {KINDS.map((each) => (
          <li key={each}>
            <button
              type="button"
              aria-pressed={kind === each}
              onClick={() => choose(kind === each ? null : each)}
            >
              <b>{t(`sheets.kind.${each}`)}</b>
              <small>{t(`sheets.about.${each}`)}</small>
            </button>
          </li>
        ))}
      </ul>
      {items.length === 0 ? (
        <div className="empty-page card">
          <h2>{t('sheets.none')}</h2>
          <p>{t('sheets.noneText')}</p>
          {create && (
            <button type="button" className="button" onClick={() => setMaking(kind ?? 'area')}>
              {t('sheets.newOf', { name: t(`sheets.kind.${kind ?? 'area'}`) })}
            </button>
          )}
        </div>
      ) : (
        <ul className="card sheet-list">
          {items.map((item) => (
            <Line key={item.id} form={item} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <button type="button" className="button" onClick={() => void fetchNextPage()}>
          {t('more')}
        </button>
      )}
      {making && <NewForm start={making} onClose={() => setMaking(null)} />}
    </div>
  );
}

const titleOf = (value: unknown) => (value as { title?: string } | null)?.title;

function Line({ form }: { form: WireRecord }) {
  const { t } = useTranslation();
  const status = form.status as FormState;
  const people = [
    titleOf(form.owner) && `${t('sheets.step.prepared')} ${titleOf(form.owner)}`,
    titleOf(form.filler) && `${t('sheets.step.filled')} ${titleOf(form.filler)}`,
    (titleOf(form.reviewedBy) ?? titleOf(form.reviewer)) &&
      `${t('sheets.step.reviewed')} ${titleOf(form.reviewedBy) ?? titleOf(form.reviewer)}`,
  ];
  return (
    <li>
      <Link to={`/forms/${form.id}` as string}>
        <b>{form.title}</b>
        <small className="quiet">{people.filter(Boolean).join('　')}</small>
      </Link>
      <span className={`tag ${STATE_TONE[status]}`}>{t(`sheets.state.${status}`)}</span>
      <time className="quiet">{shortInstant(String(form.updatedAt))}</time>
    </li>
  );
}
