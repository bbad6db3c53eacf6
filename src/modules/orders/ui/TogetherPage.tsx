import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { instantText } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import { JobProgress } from '../../../web/shell/JobProgress.tsx';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toastError } from '../../../web/shell/toasts.tsx';
import type { Together } from '../together/together.shared.ts';
import './together.css';

const percent = (share: string) => `${(Number(share) * 100).toFixed(1)}%`;

/** Which products the same customers buy, by the numbers; one click makes a rule of it. */
export function TogetherPage() {
  const { t } = useTranslation();
  const rule = useMeta().entity('productRule');
  const [job, setJob] = useState<string | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['products-together'],
    queryFn: () => get<{ items: Together[] }>('/products-together'),
  });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const [first] = data.items;
  return (
    <div className="page">
      <div className="head">
        <h1 tabIndex={-1}>{t('orders.together')}</h1>
        {first && (
          <span className="quiet">{t('orders.togetherAt', { at: instantText(first.countedAt) })}</span>
        )}
        <span className="fill" />
        {job ? (
          <JobProgress
            id={job}
            onDone={() => {
              setJob(null);
              void refetch();
            }}
          />
        ) : (
          rule &&
          may(rule, 'create') && (
            <button
              type="button"
              className="button"
              onClick={() =>
                void post<{ jobId: string }>('/products-together/count', {}).then(
                  ({ jobId }) => setJob(jobId),
                  toastError,
                )
              }
            >
              {t('orders.togetherCount')}
            </button>
          )
        )}
      </div>
      <p className="quiet">{t('orders.togetherHint')}</p>
      {!first && <p className="card pad">{t('orders.togetherNone')}</p>}
      {first && (
        <div className="card together-table">
          <table>
            <thead>
              <tr>
                {['Bought', 'Offer', 'Both', 'Support', 'Confidence', 'Lift'].map((name) => (
                  <th key={name} scope="col" title={t(`orders.togetherAbout${name}`)}>
                    {t(`orders.together${name}`)}
                  </th>
                ))}
                <th scope="col" aria-label={t('orders.togetherRule')} />
              </tr>
            </thead>
            <tbody>
              {data.items.map((pair) => (
                <tr key={`${pair.bought.id}${pair.offer.id}`}>
                  {[pair.bought, pair.offer].map(({ id, title }) => (
                    <td key={id}>
                      <Link to="/r/$plural/$id" params={{ plural: 'products', id }}>
                        {title}
                      </Link>
                    </td>
                  ))}
                  <td className="num">
                    {t('orders.togetherOf', { both: pair.together, buyers: pair.buyers })}
                  </td>
                  <td className="num">{percent(pair.support)}</td>
                  <td className="num">{percent(pair.confidence)}</td>
                  <td className="num">{Number(pair.lift).toFixed(2)}</td>
                  <td>
                    {rule && may(rule, 'create') && (
                      <button
                        type="button"
                        className="link"
                        onClick={() => void openCreate(rule, { bought: [pair.bought], offer: pair.offer })}
                      >
                        {t('orders.togetherRule')}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
