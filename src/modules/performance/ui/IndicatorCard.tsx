import { useQuery } from '@tanstack/react-query';
import { Input, Segmented, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { firstDay, type PeriodKind, periodLater } from '../../../platform/time/period.shared.ts';
import { ApiError, post, reasonsOf } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import type { Link as Reference } from '../../../web/api/types.ts';
import { groupDigits } from '../../../web/fields/format.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { useDebounced } from '../../../web/shell/hooks.ts';
import type { Indicator } from '../assessment/definition.ts';
import type { Tried } from '../assessment/try.ts';
import { useMeasures } from './api.ts';
import { Periods } from './Periods.tsx';
import { todayText } from './today.ts';

interface Props {
  indicator: Indicator;
  period: PeriodKind;
  onChange(part: Partial<Indicator>): void;
  onRemove: (() => void) | null;
}

const numberOrNull = (text: string) => (text.trim() === '' ? null : text.trim());

/** One indicator: what it weighs, and how its score comes about. */
export function IndicatorCard({ indicator, period, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const ids = useId();
  const measures = useMeasures();
  const computed = indicator.kind === 'computed';
  return (
    <section className="card pad perf-indicator">
      <div className="perf-fields">
        <label className="field" htmlFor={`${ids}name`}>
          <span className="field-label">{t('perf.indicator')}</span>
          <Input
            id={`${ids}name`}
            value={indicator.name}
            maxLength={60}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </label>
        <label className="field" htmlFor={`${ids}weight`}>
          <span className="field-label">{t('perf.weight')}</span>
          <Input
            id={`${ids}weight`}
            suffix="%"
            inputMode="decimal"
            value={indicator.weight}
            onChange={(event) => onChange({ weight: event.target.value })}
          />
        </label>
        <label className="field" htmlFor={`${ids}most`}>
          <span className="field-label">{t('perf.most')}</span>
          <Input
            id={`${ids}most`}
            inputMode="decimal"
            value={indicator.most ?? ''}
            onChange={(event) => onChange({ most: numberOrNull(event.target.value) })}
          />
        </label>
        <div className="field">
          <span className="field-label">{t('perf.how')}</span>
          <Segmented
            aria-label={t('perf.how')}
            value={indicator.kind}
            onChange={(kind) => onChange({ kind })}
            options={(['computed', 'judged'] as const).map((value) => ({
              value,
              label: t(`perf.kind.${value}`),
            }))}
          />
        </div>
        {computed && (
          <label className="field" htmlFor={`${ids}measure`}>
            <span className="field-label">{t('perf.measure')}</span>
            <Select
              id={`${ids}measure`}
              allowClear
              value={indicator.measure}
              onChange={(measure) => onChange({ measure: measure ?? null })}
              options={measures.data?.items.map(({ name, label }) => ({ value: name, label })) ?? []}
            />
          </label>
        )}
        {onRemove && (
          <button type="button" className="link danger" onClick={onRemove}>
            {t('perf.remove')}
          </button>
        )}
      </div>
      {computed ? (
        <>
          <label className="field" htmlFor={`${ids}formula`}>
            <span className="field-label">{t('perf.formula')}</span>
            <Input.TextArea
              id={`${ids}formula`}
              autoSize={{ minRows: 2, maxRows: 10 }}
              maxLength={2000}
              placeholder={t('perf.formulaUsual')}
              value={indicator.formula}
              onChange={(event) => onChange({ formula: event.target.value })}
            />
          </label>
          <p className="quiet">{t('perf.formulaHelp')}</p>
          <Trial indicator={indicator} period={period} />
        </>
      ) : (
        <label className="field" htmlFor={`${ids}note`}>
          <span className="field-label">{t('perf.standard')}</span>
          <Input.TextArea
            id={`${ids}note`}
            autoSize={{ minRows: 1, maxRows: 6 }}
            maxLength={500}
            value={indicator.note}
            onChange={(event) => onChange({ note: event.target.value })}
          />
        </label>
      )}
    </section>
  );
}

/** What the formula gives for a real person, while it is being written; what is wrong with it is marked in its place. */
function Trial({ indicator, period }: { indicator: Indicator; period: PeriodKind }) {
  const { t } = useTranslation();
  const { me, company } = useMeta();
  const [person, setPerson] = useState<Reference[]>([{ id: me.id, title: me.name }]);
  const [day, setDay] = useState(() =>
    periodLater(period, firstDay(period, todayText(), company.yearBegins), -1),
  );
  const startsOn = firstDay(period, day, company.yearBegins);
  const asked = useDebounced(JSON.stringify({ ...indicator, name: indicator.name || '–' }), 400);
  const who = person[0]?.id;
  const { data, error } = useQuery({
    queryKey: ['performance', 'try', asked, period, startsOn, who],
    queryFn: () =>
      post<Tried>('/performance/try', { indicator: JSON.parse(asked), period, startsOn, person: who }),
    enabled: who !== undefined,
    retry: false,
    placeholderData: (old) => old,
  });
  return (
    <div className="perf-trial">
      <span className="quiet">{t('perf.tryOn')}</span>
      <ReferencePicker
        label={t('perf.tryOn')}
        to="user"
        noCreate
        value={person}
        onChange={setPerson}
        among="staff"
      />
      <Periods kind={period} day={startsOn} onDay={setDay} />
      <output aria-live="polite">
        {error instanceof ApiError ? (
          <span className="late">{reasonsOf(error)}</span>
        ) : data?.problem ? (
          <>
            <Marked text={indicator.formula} problem={data.problem} />
            <span className="late">{data.problem.text}</span>
          </>
        ) : (
          data?.score != null && <strong>{t('perf.tried', { score: data.score })}</strong>
        )}{' '}
        {data?.values.map(({ name, value }) => (
          <span key={name} className="tag">
            {name} {value === null ? t('perf.none') : groupDigits(value)}
          </span>
        ))}
      </output>
    </div>
  );
}

function Marked({ text, problem }: { text: string; problem: NonNullable<Tried['problem']> }) {
  if (problem.at === null) return null;
  const { at, length } = problem;
  return (
    <code className="perf-marked">
      {text.slice(0, at)}
      <mark>{text.slice(at, at + length) || ' '}</mark>
      {text.slice(at + length)}
    </code>
  );
}
