import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../api/meta.tsx';
import { FailedPage, PageSkeleton, StatusPage } from '../shell/StatusPage.tsx';
import '../styles/form.css';
import '../styles/import.css';
import { useImport } from './api.ts';
import { CheckStep } from './CheckStep.tsx';
import { ChooseStep } from './ChooseStep.tsx';
import { MapStep } from './MapStep.tsx';
import { ResultStep } from './ResultStep.tsx';

const STEPS = ['choose', 'map', 'check', 'result'] as const;
type Step = (typeof STEPS)[number];

function Guide({ step, entity, children }: { step: Step; entity: string; children: React.ReactNode }) {
  const { t } = useTranslation();
  const at = STEPS.indexOf(step);
  return (
    <div className="page narrow">
      <h1 tabIndex={-1}>{t('import.titleOf', { label: entity })}</h1>
      <ol className="steps" aria-label={t('import.steps')}>
        {STEPS.map((name, index) => (
          <li
            key={name}
            className={index < at ? 'past' : index === at ? 'now' : ''}
            aria-current={index === at ? 'step' : undefined}
          >
            {t(`import.step.${name}`)}
          </li>
        ))}
      </ol>
      {children}
    </div>
  );
}

export function NewImportPage() {
  const navigate = useNavigate();
  const meta = useMeta();
  const { entity: wanted } = useSearch({ from: '/import/new' });
  const choices = meta.entities.filter((item) => item.actions.includes('import'));
  const entity = choices.find((item) => item.name === wanted) ?? choices[0];
  const { t } = useTranslation();
  if (!entity) return <StatusPage title={t('page.forbidden')} text={t('import.noRight')} />;
  return (
    <Guide step="choose" entity={entity.label}>
      <ChooseStep
        entity={entity}
        choices={choices}
        onEntity={(name) => void navigate({ to: '/import/new', search: { entity: name }, replace: true })}
        onStarted={(job) => void navigate({ to: '/import/$id', params: { id: job.id } })}
      />
    </Guide>
  );
}

/** An import in whatever state it is: the page can be closed and opened again at any step. */
export function ImportPage() {
  const { id } = useParams({ from: '/import/$id' });
  const { data: job, error, refetch } = useImport(id);
  const meta = useMeta();
  if (error && !job) return <FailedPage error={error} again={() => void refetch()} />;
  if (!job) return <PageSkeleton />;
  const entity = meta.entity(job.entity);
  if (!entity) return <FailedPage error={null} />;
  const step: Step =
    job.state === 'mapping'
      ? 'map'
      : job.state === 'checking' || job.state === 'checked'
        ? 'check'
        : 'result';
  return (
    <Guide step={step} entity={entity.label}>
      {step === 'map' && <MapStep key={job.sheet ?? ''} job={job} entity={entity} />}
      {step === 'check' && <CheckStep job={job} />}
      {step === 'result' && <ResultStep job={job} entity={entity} />}
    </Guide>
  );
}
