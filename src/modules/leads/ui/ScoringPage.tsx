import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelCard } from '../../../platform/learning/store.ts';
import { Catalogue } from '../../../web/admin/Catalogue.tsx';
import { ConditionDialog } from '../../../web/admin/ConditionDialog.tsx';
import { get, post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import { ModelFigures } from '../../../web/learning/ModelFigures.tsx';
import { JobProgress } from '../../../web/shell/JobProgress.tsx';
import { StatusPage } from '../../../web/shell/StatusPage.tsx';
import { toastError } from '../../../web/shell/toasts.tsx';

const KEY = ['leads', 'model'];

/** What leads get points for, and how good what was learnt of them is. */
export function ScoringPage() {
  const { t } = useTranslation();
  const entity = useMeta().entity('leadScoreRule');
  const [adding, setAdding] = useState(false);
  const [job, setJob] = useState<string | null>(null);
  const { data } = useQuery({ queryKey: KEY, queryFn: () => get<ModelCard>('/leads/model') });
  const words = { of: 'lead', title: t('leads.which'), hint: t('leads.scoreHint') };
  if (!entity) return <StatusPage title={t('page.missing')} />;
  const learn = () => post<{ jobId: string }>('/leads/model').then(({ jobId }) => setJob(jobId), toastError);
  const learnt = () => {
    setJob(null);
    void queryClient.invalidateQueries({ queryKey: KEY });
    refreshEntity('leads');
  };
  return (
    <>
      <Catalogue
        entity={entity}
        sort="-points"
        none={{ title: t('leads.noRules'), text: t('leads.noRulesText') }}
        add={() => setAdding(true)}
        edit={(record, close) => (
          <ConditionDialog entity={entity} record={record} {...words} onClose={close} />
        )}
      />
      {adding && <ConditionDialog entity={entity} {...words} onClose={() => setAdding(false)} />}
      <section className="card lead-responses">
        <header>
          <h2>{t('leads.model')}</h2>
          <span className="fill" />
          <Button onClick={() => void learn()} disabled={job !== null}>
            {t('leads.learn')}
          </Button>
        </header>
        <div className="card-body">
          {job && <JobProgress id={job} onDone={learnt} onFailed={learnt} />}
          {data && <ModelFigures card={data} />}
        </div>
      </section>
    </>
  );
}
