import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post, put, url } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import { CommentsTab } from '../../../web/comments/places.tsx';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import { type Mine, mineKey, type ReportKind, useMine } from './api.ts';
import { Figures, Quotas } from './Figures.tsx';

interface Props {
  kind: ReportKind;
  date: string | null;
}

/** One's own report: the figures are there already, one's own words are to be added. */
export function OwnReport({ kind, date }: Props) {
  const { data, error, refetch } = useMine(kind, date);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return (
    <Sheet key={`${kind}${data.period.from}${data.report?.status}`} mine={data} kind={kind} date={date} />
  );
}

function Sheet({ mine: { report, period, figures, quotas }, kind, date }: Props & { mine: Mine }) {
  const { t } = useTranslation();
  const entity = useMeta().entity('workReport');
  const [words, setWords] = useState(String(report?.words ?? ''));
  const [plan, setPlan] = useState(String(report?.plan ?? ''));
  const { busy, run } = useSaving();
  const handedIn = report !== null && report.status !== 'open';
  const body = { kind, ...(date ? { date } : {}), words: words || null, plan: plan || null };
  const keep = async () => {
    if (handedIn || (words === (report?.words ?? '') && plan === (report?.plan ?? ''))) return;
    try {
      queryClient.setQueryData(mineKey(kind, date), await put<Mine>('/work-reports/mine', body));
    } catch (error) {
      toastError(error);
    }
  };
  const handIn = () =>
    run(async () => {
      queryClient.setQueryData(mineKey(kind, date), await post<Mine>('/work-reports/mine/hand-in', body));
      refreshEntity('work-reports');
      toast(t('reports.handedInToast'), { kind: 'good' });
    }, toastError);
  return (
    <section className="card report-sheet">
      <header>
        <h2>{period.from === period.to ? period.from : `${period.from} – ${period.to}`}</h2>
        <span className="fill" />
        <a
          className="button"
          href={url('/work-reports/mine/pdf', { kind, date: period.from })}
          target="_blank"
          rel="noreferrer"
        >
          {t('reports.print')}
        </a>
        {handedIn && <span className="tag song">{t(`reports.state.${report.status}`)}</span>}
      </header>
      <Figures figures={figures} />
      {quotas.length > 0 && <Quotas quotas={quotas} />}
      <label>
        <span>{t('reports.words')}</span>
        <Input.TextArea
          value={words}
          readOnly={handedIn}
          autoSize={{ minRows: 3, maxRows: 14 }}
          maxLength={20_000}
          placeholder={t('reports.wordsHint')}
          onChange={(event) => setWords(event.target.value)}
          onBlur={() => void keep()}
        />
      </label>
      <label>
        <span>{t(`reports.plan.${kind}`)}</span>
        <Input.TextArea
          value={plan}
          readOnly={handedIn}
          autoSize={{ minRows: 2, maxRows: 14 }}
          maxLength={20_000}
          onChange={(event) => setPlan(event.target.value)}
          onBlur={() => void keep()}
        />
      </label>
      {!handedIn && (
        <Button type="primary" size="large" block loading={busy} onClick={() => void handIn()}>
          {t(`reports.handIn.${kind}`)}
        </Button>
      )}
      {handedIn && entity && <CommentsTab entity={entity} record={report} />}
    </section>
  );
}
