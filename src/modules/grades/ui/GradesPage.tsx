import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { useList } from '../../../web/api/records.ts';
import type { MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { instantText } from '../../../web/fields/format.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { nameOf, refreshGrades, useGallery } from './api.ts';
import { Distribution } from './Distribution.tsx';
import { SchemeActions } from './SchemeActions.tsx';
import './grades.css';

/** The company's schemes: how customers spread over their grades, and templates to begin with. */
export function GradesPage() {
  const entity = useMeta().entity('gradeScheme');
  const { t } = useTranslation();
  if (!entity) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  return <Schemes entity={entity} />;
}

function Schemes({ entity }: { entity: MetaEntity }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useList('grade-schemes', { sort: 'name' });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const items = data.pages.flatMap((page) => page.items).toSorted((a, b) => rank(b) - rank(a));
  return (
    <div className="page full">
      <div className="head">
        <h1 tabIndex={-1}>{t('grades.title')}</h1>
        <span className="quiet">{t('grades.text')}</span>
      </div>
      {items.map((item) => (
        <SchemeCard key={item.id} scheme={item} />
      ))}
      {may(entity, 'create') && <Gallery first={items.length === 0} />}
      {items.length === 0 && !may(entity, 'create') && (
        <div className="empty-page card">
          <h2>{t('grades.none')}</h2>
          <p>{t('grades.noneText')}</p>
        </div>
      )}
    </div>
  );
}

const rank = (scheme: WireRecord) => (scheme.main ? 2 : 0) + (scheme.active ? 1 : 0);

function SchemeCard({ scheme }: { scheme: WireRecord }) {
  const { t } = useTranslation();
  return (
    <section className="card grade-scheme">
      <header>
        <h2>
          <Link to={`/grades/${scheme.id}` as string}>{scheme.title}</Link>
        </h2>
        {scheme.main === true && <span className="tag dai">{t('grades.main')}</span>}
        {scheme.active !== true && <span className="tag">{t('grades.off')}</span>}
        {scheme.active === true && scheme.gradedAt !== null && (
          <span className="quiet">{t('grades.gradedAt', { at: instantText(String(scheme.gradedAt)) })}</span>
        )}
        <span className="fill" />
        {scheme.can.update && <SchemeActions scheme={scheme} />}
      </header>
      <div className="card-body">
        {typeof scheme.problem === 'string' && (
          <p className="grade-problem" role="alert">
            {t('grades.problem', { reason: scheme.problem })}
          </p>
        )}
        {scheme.active === true ? (
          <Distribution scheme={scheme} />
        ) : (
          <p className="quiet">{t('grades.offText')}</p>
        )}
      </div>
    </section>
  );
}

/** Templates: one press makes a scheme of one, which then is the company's own to change. */
function Gallery({ first }: { first: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data } = useGallery();
  const [busy, setBusy] = useState<string | null>(null);
  const make = async (name: string) => {
    setBusy(name);
    try {
      const made = await post<WireRecord>(`/grades/templates/${name}`, {});
      refreshGrades();
      toast(t('grades.made', { name: made.title }), { kind: 'good' });
      void navigate({ to: `/grades/${made.id}` as string });
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(null);
    }
  };
  return (
    <section className="grade-gallery">
      <h2>{first ? t('grades.begin') : t('grades.more')}</h2>
      <ul>
        {data?.map((item) => (
          <li className="card" key={item.name}>
            <h3>{item.title}</h3>
            <p className="quiet">{t(`grades.about.${item.name}`)}</p>
            <p className="tag-row">
              {item.grades.map(({ value, label, color }) => (
                <span className={`tag ${color ?? ''}`} key={value}>
                  {nameOf(label)}
                </span>
              ))}
            </p>
            <button
              type="button"
              className="button"
              disabled={busy !== null}
              onClick={() => void make(item.name)}
            >
              {t('grades.use')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
