import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exact, plain } from '../../../platform/money/amounts.shared.ts';
import { PERIODS, type PeriodKind } from '../../../platform/time/period.shared.ts';
import { patch, post } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import type { Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { StoredRecord } from '../../../web/shell/StoredRecord.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { submits, useSaving } from '../../../web/shell/useSaving.ts';
import type { Definition, Indicator } from '../assessment/definition.ts';
import { refreshPerformance } from './api.ts';
import { IndicatorCard } from './IndicatorCard.tsx';
import './performance.css';

/** A scheme: its indicators with weights and formulas, each tried on a real person while one writes. */
export function SchemePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  if (id === 'new') return <Editor scheme={null} />;
  return (
    <StoredRecord plural="assessment-schemes" id={id}>
      {(scheme) => <Editor scheme={scheme} />}
    </StoredRecord>
  );
}

const fresh = (name: string, weight: string, more: Partial<Indicator>): Indicator => ({
  key: `i${Math.random().toString(36).slice(2, 10)}`,
  name,
  kind: 'judged',
  weight,
  measure: null,
  product: null,
  category: null,
  formula: '',
  most: '100',
  least: '0',
  note: '',
  ...more,
});

function Editor({ scheme }: { scheme: WireRecord | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const ids = useId();
  const entity = useMeta().entity('assessmentScheme');
  const [name, setName] = useState(scheme?.title ?? '');
  const [period, setPeriod] = useState((scheme?.period as PeriodKind | undefined) ?? 'month');
  const [departments, setDepartments] = useState((scheme?.departments as Reference[] | undefined) ?? []);
  const [definition, setDefinition] = useState<Definition>(
    () =>
      (scheme?.definition as Definition | undefined) ?? {
        indicators: [
          fresh(t('perf.exampleMoney'), '70', {
            kind: 'computed',
            measure: 'receipts',
            formula: t('perf.exampleFormula'),
            most: '120',
          }),
          fresh(t('perf.exampleManner'), '30', {}),
        ],
        levels: [
          { name: t('perf.exampleLevel1'), from: '90' },
          { name: t('perf.exampleLevel2'), from: '60' },
        ],
      },
  );
  const { busy, run } = useSaving();
  if (!entity) return null;
  const writes = scheme ? scheme.can.update === true : may(entity, 'create');
  const { indicators, levels } = definition;
  const sum = plain(indicators.reduce((all, { weight }) => all + exact(weight), 0n));
  const change = (at: number, part: Partial<Indicator>) =>
    setDefinition({
      ...definition,
      indicators: indicators.map((each, place) => (place === at ? { ...each, ...part } : each)),
    });
  const save = () =>
    run(async () => {
      const values = { name, period, departments: departments.map(({ id }) => id), definition };
      const stored = scheme
        ? await patch<WireRecord>(`/assessment-schemes/${scheme.id}`, values, scheme.version)
        : await post<WireRecord>('/assessment-schemes', values);
      refreshPerformance();
      toast(t('perf.schemeSaved', { name: stored.title }), { kind: 'good' });
      await navigate({ to: '/assessments' as string, search: { scheme: stored.id } as never });
    }, toastError);
  return (
    <form className="page perf-page" onSubmit={submits(save)}>
      <div className="head">
        <h1 tabIndex={-1}>{scheme?.title ?? t('perf.newScheme')}</h1>
        <span className="fill" />
        <Button onClick={() => void navigate({ to: '/assessments' as string })}>{t('cancel')}</Button>
        {writes && (
          <Button
            type="primary"
            htmlType="submit"
            loading={busy}
            disabled={name.trim() === '' || sum !== '100'}
          >
            {t('save')}
          </Button>
        )}
      </div>
      <fieldset className="perf-scheme" disabled={!writes}>
        <legend className="sr">{t('perf.scheme')}</legend>
        <section className="card pad perf-fields">
          <label className="field" htmlFor={`${ids}name`}>
            <span className="field-label">{t('perf.schemeName')}</span>
            <Input
              id={`${ids}name`}
              value={name}
              maxLength={60}
              onChange={(event) => setName(event.target.value)}
            />
          </label>
          <label className="field" htmlFor={`${ids}period`}>
            <span className="field-label">{t('perf.period')}</span>
            <Select
              id={`${ids}period`}
              value={period}
              onChange={setPeriod}
              options={PERIODS.map((value) => ({ value, label: t(`perf.period.${value}`) }))}
            />
          </label>
          <label className="field" htmlFor={`${ids}departments`}>
            <span className="field-label">{t('perf.departments')}</span>
            <ReferencePicker
              id={`${ids}departments`}
              to="department"
              many
              noCreate
              value={departments}
              onChange={setDepartments}
            />
          </label>
        </section>
        {indicators.map((indicator, at) => (
          <IndicatorCard
            key={indicator.key}
            indicator={indicator}
            period={period}
            onChange={(part) => change(at, part)}
            onRemove={
              indicators.length > 1
                ? () =>
                    setDefinition({
                      ...definition,
                      indicators: indicators.filter((_, place) => place !== at),
                    })
                : null
            }
          />
        ))}
        <div className="perf-choices">
          <Button
            onClick={() => setDefinition({ ...definition, indicators: [...indicators, fresh('', '0', {})] })}
            disabled={indicators.length >= 30}
          >
            {t('perf.addIndicator')}
          </Button>
          <span className={sum === '100' ? 'quiet' : 'late'} role="status">
            {t('perf.weights', { sum })}
          </span>
        </div>
        <section className="card pad">
          <h2>{t('perf.levels')}</h2>
          {levels.map((level, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: levels have no other identity than their place
            <div key={at} className="perf-level">
              <Input
                aria-label={t('perf.levelName')}
                value={level.name}
                maxLength={20}
                onChange={(event) =>
                  setDefinition({
                    ...definition,
                    levels: levels.with(at, { ...level, name: event.target.value }),
                  })
                }
              />
              <Input
                aria-label={t('perf.levelFrom')}
                prefix="≥"
                inputMode="decimal"
                value={level.from}
                onChange={(event) =>
                  setDefinition({
                    ...definition,
                    levels: levels.with(at, { ...level, from: event.target.value }),
                  })
                }
              />
              <button
                type="button"
                className="link danger"
                onClick={() => setDefinition({ ...definition, levels: levels.toSpliced(at, 1) })}
              >
                {t('perf.remove')}
              </button>
            </div>
          ))}
          <Button
            disabled={levels.length >= 10}
            onClick={() => setDefinition({ ...definition, levels: [...levels, { name: '', from: '0' }] })}
          >
            {t('perf.addLevel')}
          </Button>
        </section>
      </fieldset>
    </form>
  );
}
