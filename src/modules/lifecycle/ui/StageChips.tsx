import { DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import type { MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { dayOf, daysFromToday } from '../../../web/fields/format.ts';
import { Pop } from '../../../web/shell/Pop.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { submits } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { Readings } from '../../grades/ui/index.ts';
import type { Card, StageCard } from '../stage/card.shared.ts';
import { nameOf, refreshStages, stageName, stagesKey, useCard } from './api.ts';
import './lifecycle.css';

/** The stages of a customer beside its name; pressed, each says since when and why. */
export function StageChips({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const { data } = useCard(record.id);
  if (!data) return null;
  return data.models.map((model) => {
    const stage = model.stages.find(({ value }) => value === model.stage);
    return (
      <Pop
        key={model.model}
        label={t(`lifecycle.model.${model.model}`)}
        trigger={(props) => (
          <button type="button" className={`tag stage-chip ${stage?.color ?? ''}`} {...props}>
            {stageName(model.stages, model.stage)}
            {model.held && ' 🔒'}
          </button>
        )}
      >
        {(close) => <Why {...{ entity, record, model }} mayMove={data.mayMove} close={close} />}
      </Pop>
    );
  });
}

interface Props {
  entity: MetaEntity;
  record: WireRecord;
  model: StageCard;
  mayMove: boolean;
  close: () => void;
}

function Why({ entity, record, model, mayMove, close }: Props) {
  const { t } = useTranslation();
  const [moving, setMoving] = useState(false);
  const name = (value: string | null) => stageName(model.stages, value);
  const last = model.changes.find(({ part }) => part === null);
  const days = -daysFromToday(dayOf(model.since));
  return (
    <div className="stage-why">
      <h3>
        {t(`lifecycle.model.${model.model}`)} · {name(model.stage)}
      </h3>
      <p className="quiet">{t('lifecycle.since', { day: dayOf(model.since), days })}</p>
      {model.held && (
        <p>
          🔒{' '}
          {t(model.held.until ? 'lifecycle.heldUntil' : 'lifecycle.held', {
            by: model.held.by ?? '—',
            until: model.held.until,
          })}
        </p>
      )}
      {last && last.readings.length > 0 && (
        <Suspense fallback={null}>
          <Readings entity={entity} readings={last.readings} />
        </Suspense>
      )}
      {model.next.length > 0 && (
        <>
          <h4>{t('lifecycle.next')}</h4>
          <ul>
            {model.next.map(({ to, evidence }) => (
              <li key={to + nameOf(evidence)}>
                {name(to)} <span className="quiet">{nameOf(evidence)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h4>{t('lifecycle.history')}</h4>
      <ul>
        {model.changes.map((change) => (
          <li key={change.at + change.to + (change.part ?? '')}>
            <time className="quiet">{dayOf(change.at)}</time>{' '}
            {change.from !== null && `${name(change.from)} → `}
            {name(change.to)}{' '}
            <span className="quiet">
              {t(`lifecycle.cause.${change.cause}`)}
              {change.evidence && ` · ${change.evidence}`}
              {change.by && ` · ${change.by}`}
              {change.part && ` · ${t('lifecycle.part', { name: change.part })}`}
            </span>
          </li>
        ))}
      </ul>
      {mayMove &&
        (moving ? (
          <MoveForm record={record} model={model} close={close} />
        ) : (
          <button type="button" className="link" onClick={() => setMoving(true)}>
            {t('lifecycle.move')}
          </button>
        ))}
    </div>
  );
}

const HELD_DAYS = 30;

function MoveForm({ record, model, close }: Pick<Props, 'record' | 'model' | 'close'>) {
  const { t } = useTranslation();
  const [stage, setStage] = useState(model.stage);
  const [evidence, setEvidence] = useState('');
  const [until, setUntil] = useState<string | null>(dayjs().add(HELD_DAYS, 'day').format('YYYY-MM-DD'));
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const body = { model: model.model, stage, evidence, heldUntil: until };
      queryClient.setQueryData(
        stagesKey(record.id),
        await post<Card>(`/lifecycle/of/${record.id}/move`, body),
      );
      refreshStages();
      toast(t('lifecycle.moved', { stage: stageName(model.stages, stage) }), { kind: 'good' });
      close();
    } catch (error) {
      toastError(error);
      setBusy(false);
    }
  };
  return (
    <form className="stage-form" onSubmit={submits(save)}>
      <Select
        aria-label={t('lifecycle.stage')}
        value={stage}
        options={model.stages.map(({ value, label }) => ({ value, label: nameOf(label) }))}
        onChange={setStage}
      />
      <Input
        aria-label={t('lifecycle.evidence')}
        placeholder={t('lifecycle.evidence')}
        value={evidence}
        maxLength={500}
        onChange={(event) => setEvidence(event.target.value)}
      />
      <DatePicker
        aria-label={t('lifecycle.until')}
        placeholder={t('lifecycle.untilNone')}
        value={until ? dayjs(until) : null}
        onChange={(day) => setUntil(day?.format('YYYY-MM-DD') ?? null)}
      />
      <button type="submit" className="button primary" disabled={busy || !evidence.trim()}>
        {t('lifecycle.move')}
      </button>
    </form>
  );
}
