import { Button, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MetaEntity } from '../../../web/api/types.ts';
import type { Linear, Scale, ScoreTerm, Steps } from '../scheme/definition.shared.ts';
import { useMeasures } from './api.ts';
import { MeasureSelect } from './MeasureRows.tsx';
import { sourceWords } from './words.ts';

interface Props {
  entity: MetaEntity;
  terms: ScoreTerm[];
  onChange: (terms: ScoreTerm[]) => void;
}

/** The parts of a score: what counts, how it becomes points, and how much it weighs. */
export function TermsEditor({ entity, terms, onChange }: Props) {
  const { t } = useTranslation();
  const { data: measures = [] } = useMeasures();
  const total = terms.reduce((sum, { weight }) => sum + weight, 0);
  const put = (at: number, next: ScoreTerm | null) =>
    onChange(terms.flatMap((term, index) => (index !== at ? [term] : next ? [next] : [])));
  return (
    <section className="card pad">
      <h2>{t('grades.terms')}</h2>
      {terms.map((term, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place; its content changes while edited
        <div className="grade-term" key={at}>
          <div className="term">
            {'measure' in term.source ? (
              <MeasureSelect
                name={term.source.measure}
                days={term.source.days}
                onChange={({ name, days }) =>
                  put(at, { ...term, source: { measure: name, ...(days ? { days } : {}) } })
                }
              />
            ) : (
              <span className="grade-source">{sourceWords(entity, term.source, measures)}</span>
            )}
            <Select<'linear' | 'steps'>
              aria-label={t('grades.scale')}
              value={'steps' in term.scale ? 'steps' : 'linear'}
              options={(['linear', 'steps'] as const).map((value) => ({
                value,
                label: t(`grades.scaleText.${value}`),
              }))}
              onChange={(way) => put(at, { ...term, scale: fresh(way) })}
            />
            <InputNumber<number>
              aria-label={t('grades.weight')}
              prefix={t('grades.weight')}
              value={term.weight}
              min={0.01}
              max={1000}
              onChange={(weight) => put(at, { ...term, weight: weight ?? 1 })}
              style={{ width: 120 }}
            />
            <span className="quiet">{total > 0 && `${Math.round((term.weight / total) * 100)}%`}</span>
            <button
              type="button"
              className="icon-button"
              aria-label={t('grades.remove')}
              onClick={() => put(at, null)}
            >
              ×
            </button>
          </div>
          <ScaleEditor scale={term.scale} onChange={(scale) => put(at, { ...term, scale })} />
        </div>
      ))}
      <Button
        size="small"
        onClick={() =>
          onChange([
            ...terms,
            { source: { measure: 'contacts', days: 90 }, weight: 10, scale: fresh('linear') },
          ])
        }
      >
        {t('grades.addTerm')}
      </Button>
    </section>
  );
}

const fresh = (way: 'linear' | 'steps'): Scale =>
  way === 'linear' ? { from: 0, to: 10 } : { steps: [{ from: 1, points: 100 }] };

function ScaleEditor({ scale, onChange }: { scale: Scale; onChange: (scale: Scale) => void }) {
  return 'steps' in scale ? (
    <StepsEditor scale={scale} onChange={onChange} />
  ) : (
    <LinearEditor scale={scale} onChange={onChange} />
  );
}

function LinearEditor({ scale, onChange }: { scale: Linear; onChange: (scale: Scale) => void }) {
  const { t } = useTranslation();
  return (
    <div className="term grade-scale">
      <span className="quiet">{t('grades.zeroAt')}</span>
      <InputNumber<number>
        aria-label={t('grades.zeroAt')}
        value={scale.from}
        onChange={(from) => onChange({ ...scale, from: from ?? 0 })}
      />
      <span className="quiet">{t('grades.fullAt')}</span>
      <InputNumber<number>
        aria-label={t('grades.fullAt')}
        value={scale.to}
        onChange={(to) => onChange({ ...scale, to: to ?? 0 })}
      />
    </div>
  );
}

function StepsEditor({ scale, onChange }: { scale: Steps; onChange: (scale: Scale) => void }) {
  const { t } = useTranslation();
  const put = (at: number, next: Partial<Steps['steps'][number]> | null) =>
    onChange({
      ...scale,
      steps: scale.steps.flatMap((step, index) =>
        index !== at ? [step] : next ? [{ ...step, ...next }] : [],
      ),
    });
  const last = scale.steps.at(-1);
  return (
    <div className="grade-scale">
      {scale.steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
        <div className="term" key={at}>
          <InputNumber<number>
            aria-label={t('grades.stepFrom')}
            prefix="≥"
            value={step.from}
            onChange={(from) => put(at, { from: from ?? 0 })}
          />
          <InputNumber<number>
            aria-label={t('grades.stepPoints')}
            suffix={t('grades.pointUnit')}
            value={step.points}
            min={0}
            max={100}
            onChange={(points) => put(at, { points: points ?? 0 })}
          />
          {scale.steps.length > 1 && (
            <button
              type="button"
              className="icon-button"
              aria-label={t('grades.remove')}
              onClick={() => put(at, null)}
            >
              ×
            </button>
          )}
        </div>
      ))}
      <button
        type="button"
        className="link"
        onClick={() =>
          onChange({ ...scale, steps: [...scale.steps, { from: (last?.from ?? 0) + 1, points: 100 }] })
        }
      >
        {t('grades.addStep')}
      </button>
    </div>
  );
}
