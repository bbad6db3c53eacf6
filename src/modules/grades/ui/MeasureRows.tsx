import { Button, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MeasureTerm } from '../scheme/definition.shared.ts';
import { useMeasures } from './api.ts';
import { OPERATORS } from './words.ts';

type Row = MeasureTerm['measure'];

/** Numbers compared: "contacts in 90 days ≥ 2". All must hold. */
export function MeasureRows({ rows, onChange }: { rows: Row[]; onChange: (rows: Row[]) => void }) {
  const { t } = useTranslation();
  const put = (at: number, next: Row | null) =>
    onChange(rows.flatMap((row, index) => (index !== at ? [row] : next ? [next] : [])));
  return (
    <div className="grade-measures">
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a comparison is its place; its content changes while edited
        <div className="term" key={at}>
          <MeasureSelect
            name={row.name}
            days={row.days}
            onChange={({ name, days }) => {
              const { days: _, ...others } = row;
              put(at, { ...others, name, ...(days ? { days } : {}) });
            }}
          />
          <Select
            aria-label={t('grades.operator')}
            value={row.op}
            options={OPERATORS}
            onChange={(op) => put(at, { ...row, op })}
            style={{ width: 64 }}
          />
          <InputNumber<number>
            aria-label={t('grades.value')}
            value={row.value}
            onChange={(value) => put(at, { ...row, value: value ?? 0 })}
          />
          <button
            type="button"
            className="icon-button"
            aria-label={t('grades.remove')}
            onClick={() => put(at, null)}
          >
            ×
          </button>
        </div>
      ))}
      <Button
        size="small"
        onClick={() => onChange([...rows, { name: 'contacts', op: 'gte', value: 1, days: 90 }])}
      >
        {t('grades.addMeasure')}
      </Button>
    </div>
  );
}

/** A measure and, where it has a period, over how many days. */
export function MeasureSelect({
  name,
  days,
  onChange,
}: {
  name: string;
  days: number | undefined;
  onChange: (next: { name: string; days: number | undefined }) => void;
}) {
  const { t } = useTranslation();
  const { data: measures = [] } = useMeasures();
  const measure = measures.find((each) => each.name === name);
  const shown = measure || !name ? measures : [...measures, { name, label: name, available: false }];
  return (
    <>
      <Select
        aria-label={t('grades.measure')}
        value={name}
        status={measure && !measure.available ? 'warning' : ''}
        popupMatchSelectWidth={false}
        options={shown.map((each) => ({
          value: each.name,
          label: each.available ? each.label : t('grades.noData', { name: each.label }),
        }))}
        onChange={(next) =>
          onChange({ name: next, days: measures.find((each) => each.name === next)?.days ?? undefined })
        }
        style={{ minWidth: 130 }}
      />
      {(measure?.days || days) && (
        <InputNumber<number>
          aria-label={t('grades.days')}
          prefix={t('grades.last')}
          suffix={t('grades.dayUnit')}
          value={days ?? measure?.days ?? 90}
          min={1}
          max={3650}
          onChange={(next) => onChange({ name, days: next ?? undefined })}
          style={{ width: 130 }}
        />
      )}
    </>
  );
}
