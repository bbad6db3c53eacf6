import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Catalogue } from '../../../web/admin/Catalogue.tsx';
import { ConditionDialog } from '../../../web/admin/ConditionDialog.tsx';
import { get } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { StatusPage } from '../../../web/shell/StatusPage.tsx';
import type { Response } from '../route/figures.ts';
import './leads.css';

/** Who gets which leads, how soon they are to be answered, and how soon they are. */
export function RoutesPage() {
  const { t } = useTranslation();
  const entity = useMeta().entity('leadRoute');
  const [adding, setAdding] = useState(false);
  const words = { of: 'lead', title: t('leads.which'), hint: t('leads.whichHint') };
  if (!entity) return <StatusPage title={t('page.missing')} />;
  return (
    <>
      <Catalogue
        entity={entity}
        sort="position"
        none={{ title: t('leads.noRoutes'), text: t('leads.noRoutesText') }}
        add={() => setAdding(true)}
        edit={(record, close) => (
          <ConditionDialog entity={entity} record={record} {...words} onClose={close} />
        )}
      />
      {adding && <ConditionDialog entity={entity} {...words} onClose={() => setAdding(false)} />}
      <Responses />
    </>
  );
}

/** How soon people answered in the last thirty days. */
function Responses() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['short', 'leads', 'response'],
    queryFn: ({ signal }) => get<{ items: Response[] }>('/leads/response', { days: 30 }, signal),
    retry: false,
  });
  if (!data?.items.length) return null;
  return (
    <section className="card scroll-x lead-responses">
      <header>
        <h2>{t('leads.responses')}</h2>
      </header>
      <table className="plain-table">
        <thead>
          <tr>
            {['who', 'leads', 'answered', 'inTime', 'median', 'missed'].map((name) => (
              <th key={name}>{t(`leads.response.${name}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.items.map((one) => (
            <tr key={one.id}>
              <td>{one.title ?? '—'}</td>
              <td>{one.leads}</td>
              <td>{one.answered}</td>
              <td>{one.limited ? `${Math.round((100 * one.inTime) / one.limited)}%` : '—'}</td>
              <td>{one.median ?? '—'}</td>
              <td>{one.missed}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
