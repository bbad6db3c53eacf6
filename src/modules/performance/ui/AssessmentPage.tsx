import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { firstDay, type PeriodKind, periodLater, periodName } from '../../../platform/time/period.shared.ts';
import { get, post, put, url } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { ask } from '../../../web/shell/ask.tsx';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { Assessment, ShownResult } from '../assessment/read.ts';
import { refreshPerformance, useAssessment, type Wish } from './api.ts';
import { Periods } from './Periods.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';
import { Results } from './Results.tsx';
import { todayText } from './today.ts';
import './performance.css';

interface SchemeEntry {
  id: string;
  name: string;
  period: PeriodKind;
  active: boolean;
}

/** Assessment: choose a period, look at what everybody comes to, give scores, close it, take it out. */
export function AssessmentPage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const entity = meta.entity('assessmentScheme');
  const begins = meta.company.yearBegins;
  const navigate = useNavigate();
  const wish = useSearch({ strict: false }) as Wish;
  const schemes = useQuery({
    queryKey: ['performance', 'schemes'],
    queryFn: ({ signal }) =>
      get<{ items: SchemeEntry[] }>('/assessment-schemes', { sort: 'name', limit: 200 }, signal),
    enabled: entity !== undefined,
  });
  const scheme =
    schemes.data?.items.find(({ id }) => id === wish.scheme) ??
    schemes.data?.items.find(({ active }) => active) ??
    schemes.data?.items[0];
  const kind = scheme?.period ?? 'month';
  // A month is judged when it is over: the one before is what people come for.
  const startsOn = wish.startsOn
    ? firstDay(kind, wish.startsOn, begins)
    : periodLater(kind, firstDay(kind, todayText(), begins), -1);
  const { data, error, refetch } = useAssessment(scheme?.id, startsOn);
  if (!entity) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  const set = (part: Wish) =>
    void navigate({ to: '/assessments' as string, search: { ...wish, ...part } as never, replace: true });
  return (
    <div className="page full perf-page">
      <div className="head">
        <h1 tabIndex={-1}>{t('perf.assessment')}</h1>
        <span className="fill" />
        {scheme && (
          <Link className="button" to={`/assessments/scheme/${scheme.id}` as string}>
            {t('perf.scheme')}
          </Link>
        )}
        {may(entity, 'create') && (
          <Link className="button" to={'/assessments/scheme/new' as string}>
            {t('perf.newScheme')}
          </Link>
        )}
      </div>
      {schemes.error ? (
        <FailedPage error={schemes.error} again={() => void schemes.refetch()} />
      ) : schemes.data && !scheme ? (
        <section className="card">
          <div className="empty-page">
            <h2>{t('perf.noScheme')}</h2>
            <p>{t('perf.noSchemeText')}</p>
          </div>
        </section>
      ) : (
        <>
          <div className="perf-choices">
            <Select
              aria-label={t('perf.scheme')}
              value={scheme?.id ?? null}
              onChange={(next) => set({ scheme: next as string })}
              options={schemes.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
              popupMatchSelectWidth={false}
            />
            <Periods kind={kind} day={startsOn} onDay={(next) => set({ startsOn: next })} />
          </div>
          {error ? (
            <FailedPage error={error} again={() => void refetch()} />
          ) : data ? (
            <Month key={`${scheme?.id}${startsOn}${data.lockedAt}`} data={data} />
          ) : (
            <PageSkeleton />
          )}
        </>
      )}
    </div>
  );
}

/** One period of a scheme, with what can be done with it. */
function Month({ data }: { data: Assessment }) {
  const { t } = useTranslation();
  const entity = useMeta().entity('salesTarget');
  const [scores, setScores] = useState<ReadonlyMap<string, string>>(new Map());
  const [dialog, setDialog] = useState<'unlock' | 'appeal' | ShownResult | null>(null);
  const { busy, run } = useSaving();
  const { scheme, startsOn, lockedAt, open } = data;
  const path = `/performance/assessments/${scheme.id}`;
  const name = periodName(scheme.period, startsOn, useMeta().company.yearBegins);
  const own = data.results.find(({ mine }) => mine);
  const act = (work: () => Promise<unknown>, said: string) =>
    run(async () => {
      await work();
      refreshPerformance();
      toast(said, { kind: 'good' });
    }, toastError);
  const saveScores = () =>
    act(async () => {
      const given = [...scores].map(([key, text]) => {
        const [person = '', indicator = ''] = key.split('/');
        return { person, indicator, score: text.trim() === '' ? null : text.trim() };
      });
      await put(`${path}/judgements`, { startsOn, scores: given });
      setScores(new Map());
    }, t('perf.scoresSaved'));
  const lock = async () => {
    const incomplete = open.missing + open.problems > 0;
    const body = [
      t('perf.lockText', { count: data.people }),
      ...(incomplete ? [t('perf.lockOpen', { missing: open.missing, problems: open.problems })] : []),
    ].join(' ');
    if (
      !(await ask({ title: t('perf.lockTitle', { name }), body, action: t('perf.lock'), danger: incomplete }))
    )
      return;
    await act(() => post(`${path}/lock`, { startsOn, incomplete }), t('perf.locked', { name }));
  };
  const file = (format: string) => url(`${path}/file`, { startsOn, format });
  return (
    <>
      <div className="perf-choices">
        <span className={lockedAt ? 'tag song' : 'tag'}>
          {t(lockedAt ? 'perf.isLocked' : data.over ? 'perf.isOpen' : 'perf.isRunning')}
        </span>
        {!lockedAt && open.missing > 0 && (
          <span className="tag teng">{t('perf.missing', { count: open.missing })}</span>
        )}
        {!lockedAt && open.problems > 0 && (
          <span className="tag zhu">{t('perf.problems', { count: open.problems })}</span>
        )}
        <span className="fill" />
        {entity && may(entity, 'export') && (
          <>
            <a className="button" href={file('xlsx')}>
              {t('perf.xlsx')}
            </a>
            <a className="button" href={file('pdf')} target="_blank" rel="noreferrer">
              {t('perf.print')}
            </a>
          </>
        )}
        {scores.size > 0 && (
          <Button type="primary" loading={busy} onClick={() => void saveScores()}>
            {t('perf.saveScores', { count: scores.size })}
          </Button>
        )}
        {!lockedAt && data.may.lock && data.over && (
          <Button
            type={scores.size ? 'default' : 'primary'}
            disabled={scores.size > 0}
            loading={busy}
            onClick={() => void lock()}
          >
            {t('perf.lock')}
          </Button>
        )}
        {lockedAt && data.may.unlock && (
          <Button danger onClick={() => setDialog('unlock')}>
            {t('perf.unlock')}
          </Button>
        )}
      </div>
      {lockedAt && own && (own.state === 'waiting' || own.state === 'answered') && (
        <section className="card perf-sign">
          <p>
            {t('perf.yours', { name, total: own.total, rank: own.rank, people: data.people })}
            {own.answer && <span className="quiet"> {t('perf.answered', { answer: own.answer })}</span>}
          </p>
          <Button
            type="primary"
            loading={busy}
            onClick={() => void act(() => post(`${path}/sign`, { startsOn }), t('perf.confirmed'))}
          >
            {t('perf.confirm')}
          </Button>
          <Button onClick={() => setDialog('appeal')}>{t('perf.appeal')}</Button>
        </section>
      )}
      <Results data={data} scores={scores} onScores={setScores} onAnswer={setDialog} />
      {dialog === 'unlock' && (
        <ReasonDialog
          title={t('perf.unlockTitle', { name })}
          text={t('perf.unlockText', { count: data.people })}
          action={t('perf.unlock')}
          save={(reason) =>
            act(() => post(`${path}/unlock`, { startsOn, reason }), t('perf.unlocked', { name }))
          }
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'appeal' && (
        <ReasonDialog
          title={t('perf.appealTitle', { name })}
          text={t('perf.appealText')}
          action={t('perf.appeal')}
          save={(appeal) => act(() => post(`${path}/sign`, { startsOn, appeal }), t('perf.appealed'))}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog && typeof dialog === 'object' && (
        <ReasonDialog
          title={t('perf.answerTitle', { name: dialog.name })}
          text={dialog.reason ?? ''}
          action={t('perf.answer')}
          save={(answer) =>
            act(
              () => post(`${path}/answer`, { startsOn, person: dialog.person, answer }),
              t('perf.answerSent'),
            )
          }
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}
