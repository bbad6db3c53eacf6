import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import type { Card, StageCard } from '../stage/card.shared.ts';
import { nameOf, stageName, stagesKey, useCard } from './api.ts';
import './lifecycle.css';

/** What the stages recommend to do now: one press makes the tasks. */
export function StageWork({ record }: SlotProps) {
  const { t } = useTranslation();
  const { data } = useCard(record.id);
  const models = data?.models.filter((model) => workOf(model).length > 0) ?? [];
  if (models.length === 0) return null;
  return (
    <section className="card">
      <header>
        <h2>{t('lifecycle.work')}</h2>
      </header>
      {models.map((model) => (
        <Recommended key={model.model} model={model} id={record.id} />
      ))}
    </section>
  );
}

const workOf = ({ stages, stage }: StageCard) => stages.find(({ value }) => value === stage)?.work ?? [];

function Recommended({ model, id }: { model: StageCard; id: string }) {
  const { t } = useTranslation();
  const task = useMeta().entity('task');
  const { busy, run } = useSaving();
  const stage = model.stages.find(({ value }) => value === model.stage);
  const work = workOf(model);
  const left = work.flatMap((_, at) => (model.made.some((each) => each.work === at) ? [] : [at]));
  const make = (places: number[]) =>
    run(async () => {
      const { made, ...card } = await post<Card & { made: number }>(`/lifecycle/of/${id}/work`, {
        model: model.model,
        work: places,
      });
      queryClient.setQueryData(stagesKey(id), card);
      refreshEntity('tasks');
      toast(t('lifecycle.made', { count: made }), { kind: 'good' });
    }, toastError);
  const creates = task && may(task, 'create');
  return (
    <div className="card-body stage-work">
      <p>
        <span className={`tag ${stage?.color ?? ''}`}>{stageName(model.stages, model.stage)}</span>{' '}
        <span className="quiet">{stage && nameOf(stage.advice)}</span>
      </p>
      <ul>
        {work.map(({ subject, days }, at) => {
          const done = model.made.find((each) => each.work === at);
          return (
            <li key={nameOf(subject)}>
              {done ? (
                <Link to="/r/$plural/$id" params={{ plural: 'tasks', id: done.task }}>
                  ✓ {nameOf(subject)}
                </Link>
              ) : (
                <span>{nameOf(subject)}</span>
              )}
              <small className="quiet">{t('lifecycle.workdays', { count: days })}</small>
              {!done && creates && (
                <button
                  type="button"
                  className="link"
                  disabled={busy}
                  aria-label={t('lifecycle.makeOne', { subject: nameOf(subject) })}
                  onClick={() => void make([at])}
                >
                  ＋
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {left.length > 1 && creates && (
        <button type="button" className="button" disabled={busy} onClick={() => void make(left)}>
          {t('lifecycle.makeAll', { count: left.length })}
        </button>
      )}
    </div>
  );
}
