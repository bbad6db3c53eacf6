import { useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { put } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { JobProgress } from '../../../web/shell/JobProgress.tsx';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { type Model, refreshStages, useModels } from './api.ts';
import { MovesEditor } from './MovesEditor.tsx';
import { StagesEditor } from './StagesEditor.tsx';
import '../../../web/styles/list.css';
import './lifecycle.css';

/** One model for the administrator: its stages with advice and work, and the ways between them. */
export function ModelPage() {
  const { t } = useTranslation();
  const { code } = useParams({ strict: false }) as { code?: string };
  const { data, error, refetch } = useModels();
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const model = data.find((each) => each.code === code);
  if (!model) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  return <Editor key={model.code} model={model} />;
}

interface Saved {
  jobId: string;
  /** Ways round whose rules hold for customers there are. */
  circles: { way: string; count: number }[];
}

function Editor({ model }: { model: Model }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const customer = useMeta().entity('customer');
  const { administrator } = useMeta().me;
  const [definition, setDefinition] = useState(model.definition);
  const [busy, setBusy] = useState(false);
  const [job, setJob] = useState<string | null>(null);
  if (!customer) return null;
  const back = () => void navigate({ to: '/lifecycle' as string });
  const save = async (active: boolean) => {
    setBusy(true);
    try {
      const { jobId, circles } = await put<Saved>(`/lifecycle/models/${model.code}`, {
        active,
        definition,
      });
      toast(t(active ? 'lifecycle.saved' : 'lifecycle.switchedOff'), { kind: 'good' });
      for (const { way, count } of circles)
        toast(t('lifecycle.circle', { way, count }), { kind: 'bad', detail: t('lifecycle.circleText') });
      setJob(jobId);
      refreshStages();
    } catch (error) {
      toastError(error);
      setBusy(false);
    }
  };
  return (
    <form
      className="page full"
      onSubmit={(event) => {
        event.preventDefault();
        void save(true);
      }}
    >
      <div className="head">
        <h1 tabIndex={-1}>{t(`lifecycle.model.${model.code}`)}</h1>
        {!model.active && <span className="tag">{t('lifecycle.off')}</span>}
        <span className="fill" />
        <Button onClick={back}>{t('cancel')}</Button>
        {administrator && model.active && (
          <Button disabled={busy} onClick={() => void save(false)}>
            {t('lifecycle.switchOff')}
          </Button>
        )}
        {administrator && (
          <Button type="primary" htmlType="submit" loading={busy}>
            {t(model.active ? 'save' : 'lifecycle.switchOn')}
          </Button>
        )}
      </div>
      {job && (
        <JobProgress
          id={job}
          onDone={() => {
            refreshStages();
            back();
          }}
        />
      )}
      <fieldset className="stage-editor" disabled={!administrator}>
        <legend className="sr">{t('lifecycle.edit')}</legend>
        <StagesEditor
          stages={definition.stages}
          onChange={(stages) => setDefinition({ ...definition, stages })}
        />
        <MovesEditor
          entity={customer}
          definition={definition}
          onChange={(moves) => setDefinition({ ...definition, moves })}
        />
      </fieldset>
    </form>
  );
}
