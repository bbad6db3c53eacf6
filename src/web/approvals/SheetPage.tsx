import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalSheet } from '../../platform/approvals/sheet.shared.ts';
import { post } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { instantText } from '../fields/format.ts';
import { FailedPage, PageSkeleton } from '../shell/StatusPage.tsx';
import { refresh, useSheet } from './api.ts';
import { DecideBar } from './DecideBar.tsx';
import { History } from './History.tsx';
import { Path } from './Path.tsx';
import { TONE } from './status.ts';
import '../styles/approvals.css';

const PaperDialog = lazy(() => import('../papers/PaperDialog.tsx').then((m) => ({ default: m.PaperDialog })));

/** One approval: what it is about, its way, who did what and when, and the bar that decides. Printed it is the form people file. */
export function SheetPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useSheet(id);
  // A copy that was opened has been read.
  useEffect(() => {
    void post(`/approvals/${id}/read`).then(() => refresh());
  }, [id]);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <Sheet sheet={data} />;
}

function Sheet({ sheet }: { sheet: ApprovalSheet }) {
  const { t } = useTranslation();
  const { company } = useMeta();
  const [paper, setPaper] = useState(false);
  return (
    <div className="approval-sheet">
      <div className="approval-scroll">
        <p className="print-only approval-company">{company.name}</p>
        <div className="head">
          <h1 tabIndex={-1}>
            {sheet.subject.label}
            {sheet.title && ' · '}
            {sheet.record ? (
              <Link to="/r/$plural/$id" params={{ plural: sheet.record.plural, id: sheet.record.id }}>
                {sheet.title}
              </Link>
            ) : (
              sheet.title
            )}
          </h1>
          <span className={`tag ${TONE[sheet.status]}`}>{t(`approvals.status.${sheet.status}`)}</span>
          <span className="fill" />
          <Button className="screen-only" onClick={() => window.print()}>
            {t('approvals.print')}
          </Button>
          <Button className="screen-only" onClick={() => setPaper(true)}>
            {t('paper.print')}
          </Button>
          {paper && (
            <Suspense>
              <PaperDialog kind="approval" id={sheet.id} priced={false} onClose={() => setPaper(false)} />
            </Suspense>
          )}
        </div>
        <div className="approval-columns">
          <section className="card pad">
            <h2>{t('approvals.about')}</h2>
            <dl className="approval-facts">
              <Fact label={t('approvals.number')} value={sheet.number} />
              <Fact label={t('approvals.starter')} value={sheet.startedBy?.title ?? '—'} />
              <Fact label={t('approvals.startedAt')} value={instantText(sheet.startedAt)} />
              {sheet.lines.map((line) => (
                <Fact key={line.label} label={line.label} value={line.value} />
              ))}
              {sheet.comment && <Fact label={t('approvals.reason')} value={sheet.comment} />}
              {sheet.dueAt && <Fact label={t('approvals.dueAt')} value={instantText(sheet.dueAt)} />}
              {sheet.endedAt && <Fact label={t('approvals.endedAt')} value={instantText(sheet.endedAt)} />}
            </dl>
          </section>
          <section className="card pad">
            <h2>{t('approvals.path')}</h2>
            <Path sheet={sheet} />
          </section>
          <section className="card pad approval-history">
            <h2>{t('approvals.history')}</h2>
            <History sheet={sheet} />
          </section>
        </div>
        <div className="print-only approval-sign">
          <span>{t('approvals.signature')}</span>
          <span>{t('approvals.date')}</span>
        </div>
      </div>
      <DecideBar sheet={sheet} />
    </div>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
