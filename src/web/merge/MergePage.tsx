import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import type { MetaEntity } from '../api/types.ts';
import { type MergeAnswer, type MergePreview, refreshDuplicates, undoMerge } from '../duplicates/api.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../shell/StatusPage.tsx';
import { toastError } from '../shell/toasts.tsx';
import '../styles/duplicates.css';
import '../styles/import.css';
import { ChooseValues } from './ChooseValues.tsx';

/** The guide that makes one record of several: who remains, which values are kept, what moves, and the way back. */
export function MergePage() {
  const { t } = useTranslation();
  const { plural } = useParams({ strict: false }) as { plural: string };
  const { ids = '' } = useSearch({ strict: false }) as { ids?: string };
  const entity = useMeta().byPlural(plural);
  if (!entity?.mergeable) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  return <Guide key={ids} entity={entity} ids={ids.split('.').filter(Boolean)} />;
}

function Guide({ entity, ids }: { entity: MetaEntity; ids: string[] }) {
  const { t } = useTranslation();
  const [into, setInto] = useState<string | undefined>();
  const [values, setValues] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<{ answer: MergeAnswer; title: string } | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['merge-preview', entity.plural, ids, into],
    queryFn: () => post<MergePreview>(`/${entity.plural}/merge-preview`, { ids, ...(into ? { into } : {}) }),
    enabled: !done,
    placeholderData: (before) => before,
    retry: false,
    staleTime: 0,
  });
  if (done) return <Result entity={entity} {...done} />;
  if (error) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const merge = async () => {
    setBusy(true);
    try {
      const answer = await post<MergeAnswer>(`/${entity.plural}/merge`, {
        ids,
        into: into ?? data.into,
        values,
      });
      refreshDuplicates(entity);
      setDone({ answer, title: data.records[0]?.title ?? '' });
    } catch (failure) {
      toastError(failure);
      setBusy(false);
      void refetch();
    }
  };
  return (
    <div className="page narrow">
      <h1 tabIndex={-1}>{t('merge.titleOf', { count: data.records.length, label: entity.label })}</h1>
      <Steps at={0} />
      <ChooseValues
        entity={entity}
        preview={data}
        into={into ?? data.into}
        values={values}
        onInto={(id) => {
          setInto(id);
          setValues({});
        }}
        onValue={(name, id) => setValues((before) => ({ ...before, [name]: id }))}
      />
      <Moves preview={data} />
      {data.held.length > 0 && <Held held={data.held} />}
      <div className="actions">
        <Button type="primary" loading={busy} disabled={data.held.length > 0} onClick={() => void merge()}>
          {t('merge.go', { count: data.records.length })}
        </Button>
        <Button disabled={busy} onClick={() => window.history.back()}>
          {t('cancel')}
        </Button>
        <span className="quiet">{t('merge.undoable')}</span>
      </div>
    </div>
  );
}

function Steps({ at }: { at: 0 | 1 }) {
  const { t } = useTranslation();
  return (
    <ol className="steps" aria-label={t('merge.steps')}>
      {(['choose', 'result'] as const).map((name, index) => (
        <li
          key={name}
          className={index < at ? 'past' : index === at ? 'now' : ''}
          aria-current={index === at ? 'step' : undefined}
        >
          {t(`merge.step.${name}`)}
        </li>
      ))}
    </ol>
  );
}

/** What has to be decided before anything is merged, and where. */
function Held({ held }: Pick<MergePreview, 'held'>) {
  const { t } = useTranslation();
  return (
    <div className="merge-held" role="alert">
      <p>{t('merge.held')}</p>
      <ul>
        {held.map(({ record, title, approval }) => (
          <li key={record}>
            {title}
            {approval && (
              <>
                {' · '}
                <Link className="link" to={`/approvals/${approval.id}` as string}>
                  {approval.number}
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How much moves to the record that remains. */
function Moves({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const moving = Map.groupBy(
    preview.children.map(({ label, counts }) => ({
      label,
      count: Object.entries(counts).reduce((sum, [id, n]) => sum + (id === preview.into ? 0 : n), 0),
    })),
    ({ label }) => label,
  );
  const shown = [...moving].flatMap(([label, parts]) => {
    const count = parts.reduce((sum, part) => sum + part.count, 0);
    return count ? [t('merge.moving', { count, label })] : [];
  });
  return (
    <p className="merge-moves">
      {shown.length ? t('merge.moves', { list: shown.join(t('merge.and')) }) : t('merge.movesNothing')}
    </p>
  );
}

function Result({ entity, answer, title }: { entity: MetaEntity; answer: MergeAnswer; title: string }) {
  const { t } = useTranslation();
  const [undone, setUndone] = useState(false);
  const [busy, setBusy] = useState(false);
  const undo = async () => {
    setBusy(true);
    setUndone(await undoMerge(entity, answer.mergeId));
    setBusy(false);
  };
  return (
    <div className="page narrow">
      <h1 tabIndex={-1}>{t(undone ? 'merge.undoneTitle' : 'merge.doneTitle')}</h1>
      <Steps at={1} />
      <section className="card pad">
        <p>
          {undone
            ? t('merge.undone', { count: answer.merged.length })
            : t('merge.done', { count: answer.merged.length, title, moved: answer.moved })}
        </p>
        <div className="actions">
          <Link
            className="button primary"
            to="/r/$plural/$id"
            params={{ plural: entity.plural, id: answer.id }}
          >
            {t('merge.open', { title })}
          </Link>
          {entity.compared && (
            <Link className="button" to={'/duplicates' as string} search={{ entity: entity.name } as never}>
              {t('merge.next')}
            </Link>
          )}
          {!undone && (
            <Button loading={busy} onClick={() => void undo()}>
              {t('merge.undo')}
            </Button>
          )}
        </div>
      </section>
    </div>
  );
}
