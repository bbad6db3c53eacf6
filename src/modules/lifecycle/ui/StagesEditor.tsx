import { Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../web/i18n/index.ts';
import type { Stage, StageWork } from '../model/definition.shared.ts';
import { nameOf } from './api.ts';

/** What a stage is called, what matters in it, and what it recommends to do. */
export function StagesEditor({ stages, onChange }: { stages: Stage[]; onChange: (stages: Stage[]) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <h2>{t('lifecycle.stages')}</h2>
      {stages.map((stage, at) => (
        <StageFields
          key={stage.value}
          stage={stage}
          onChange={(next) => onChange(stages.map((each, index) => (index === at ? next : each)))}
        />
      ))}
    </>
  );
}

/** Words in the language one writes; where there was only one language the other begins with the same. */
const said = (words: { zh: string; en: string }, text: string) => ({ ...words, [currentLanguage()]: text });

function StageFields({ stage, onChange }: { stage: Stage; onChange: (stage: Stage) => void }) {
  const { t } = useTranslation();
  const work = (at: number, next: StageWork | null) =>
    onChange({
      ...stage,
      work: stage.work.flatMap((each, index) => (index !== at ? [each] : next ? [next] : [])),
    });
  const fresh = t('lifecycle.newWork');
  return (
    <section className="card stage-one">
      <div className="stage-line">
        <span className={`tag ${stage.color ?? ''}`}>{nameOf(stage.label)}</span>
        <Input
          aria-label={t('lifecycle.stage')}
          className="short"
          value={nameOf(stage.label)}
          maxLength={30}
          onChange={(event) => onChange({ ...stage, label: said(stage.label, event.target.value) })}
        />
        <Input
          aria-label={t('lifecycle.advice')}
          value={nameOf(stage.advice)}
          maxLength={500}
          onChange={(event) => onChange({ ...stage, advice: said(stage.advice, event.target.value) })}
        />
      </div>
      {stage.work.map((each, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a piece of work is its place; its words change while edited
        <div className="stage-line" key={at}>
          <Input
            aria-label={t('lifecycle.subject')}
            value={nameOf(each.subject)}
            maxLength={200}
            onChange={(event) => work(at, { ...each, subject: said(each.subject, event.target.value) })}
          />
          <InputNumber<number>
            aria-label={t('lifecycle.due')}
            suffix={t('lifecycle.dueUnit')}
            value={each.days}
            min={0}
            max={365}
            onChange={(days) => work(at, { ...each, days: days ?? 0 })}
          />
          <button
            type="button"
            className="icon-button"
            aria-label={t('lifecycle.remove')}
            onClick={() => work(at, null)}
          >
            ×
          </button>
        </div>
      ))}
      <button
        type="button"
        className="link"
        onClick={() =>
          onChange({ ...stage, work: [...stage.work, { subject: { zh: fresh, en: fresh }, days: 5 }] })
        }
      >
        {t('lifecycle.addWork')}
      </button>
    </section>
  );
}
