import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { post, url } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import { shortInstant } from '../../../web/fields/format.ts';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toastError } from '../../../web/shell/toasts.tsx';
import { type ReportKind, type TeamLine, useTeam } from './api.ts';

const SHOWN = ['contacts', 'visits', 'newCustomers', 'promisesBroken'];

/** Who has handed in, who has not, and what each says in short. */
export function TeamReports({ kind, date }: { kind: ReportKind; date: string | null }) {
  const { t } = useTranslation();
  const entity = useMeta().entity('workReport');
  const { data, error, refetch } = useTeam(kind, date);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const missing = data.items.filter(({ report }) => report === null).length;
  return (
    <section className="card report-team">
      <header>
        <h2>{t('reports.team')}</h2>
        {data.items.length > 0 && (
          <span className={`tag ${missing ? 'zhu' : 'song'}`}>
            {missing ? t('reports.missing', { count: missing }) : t('reports.complete')}
          </span>
        )}
        <span className="fill" />
        {data.items.length > 0 && may(entity, 'export') && (
          <a
            className="button"
            href={url('/work-reports/team/pdf', { kind, ...(date ? { date } : {}) })}
            target="_blank"
            rel="noreferrer"
          >
            {t('reports.printTeam')}
          </a>
        )}
      </header>
      {data.items.length === 0 && <p className="quiet">{t('reports.nobody')}</p>}
      <ul>
        {data.items.map((line) => (
          <Line key={line.person.id} line={line} />
        ))}
      </ul>
    </section>
  );
}

function Line({ line: { person, status, report, mine, handedInAt, words, figures } }: { line: TeamLine }) {
  const { t } = useTranslation();
  const read = async () => {
    try {
      await post(`/work-reports/${report}/markRead`, {});
      refreshEntity('work-reports');
      await queryClient.invalidateQueries({ queryKey: ['work-report-team'] });
    } catch (error) {
      toastError(error);
    }
  };
  const told = figures.filter(({ name, value }) => value > 0 && SHOWN.includes(name));
  return (
    <li>
      <b>{person.title}</b>
      <span className={`tag ${report ? 'song' : 'teng'}`}>{t(`reports.state.${status}`)}</span>
      <div className="said">
        {words && <p>{words}</p>}
        <small className="quiet">
          {[
            ...told.map(({ name, value }) => `${t(`reports.figure.${name}`)} ${value}`),
            handedInAt && shortInstant(handedInAt),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </div>
      {report && (
        <Link className="button" to="/r/$plural/$id" params={{ plural: 'work-reports', id: report }}>
          {t('reports.open')}
        </Link>
      )}
      {status === 'handedIn' && mine && (
        <button type="button" className="button" onClick={() => void read()}>
          {t('reports.markRead')}
        </button>
      )}
    </li>
  );
}
