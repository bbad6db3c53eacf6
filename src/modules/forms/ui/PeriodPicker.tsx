import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { dayOf } from '../../../web/fields/format.ts';

const UNITS = ['month', 'quarter', 'year'] as const;
type Unit = (typeof UNITS)[number];
const YEARS = 6;

const unitOf = (period: string): Unit =>
  period.length === 4 ? 'year' : period.includes('Q') ? 'quarter' : 'month';
const two = (value: number) => String(value).padStart(2, '0');
const periodIn = (unit: Unit, year: number, part: number) =>
  unit === 'year' ? `${year}` : unit === 'quarter' ? `${year}-Q${part}` : `${year}-${two(part)}`;

const today = () => dayOf(new Date().toISOString()).split('-').map(Number) as [number, number, number];

/** The month, quarter or year of today. */
export function thisPeriod(unit: Unit): string {
  const [year, month] = today();
  return periodIn(unit, year, unit === 'quarter' ? Math.ceil(month / 3) : month);
}

/** A month, quarter or year of the last years. */
export function PeriodPicker({ value, onChange }: { value: string; onChange(period: string): void }) {
  const { t } = useTranslation();
  const unit = unitOf(value);
  const year = Number(value.slice(0, 4));
  const part = Number(value.slice(5).replace('Q', '')) || 1;
  const [now] = today();
  const parts = Array.from({ length: unit === 'quarter' ? 4 : 12 }, (_, at) => at + 1);
  return (
    <div className="field">
      <span className="field-label">{t('sheets.period')}</span>
      <div className="sheet-period">
        <Segmented
          value={unit}
          onChange={(next: Unit) => onChange(thisPeriod(next))}
          options={UNITS.map((each) => ({ value: each, label: t(`sheets.unit.${each}`) }))}
        />
        <Select
          aria-label={t('sheets.unit.year')}
          value={year}
          onChange={(next) => onChange(periodIn(unit, next, part))}
          options={Array.from({ length: YEARS }, (_, back) => ({
            value: now - back,
            label: `${now - back}`,
          }))}
        />
        {unit !== 'year' && (
          <Select
            aria-label={t(`sheets.unit.${unit}`)}
            value={part}
            onChange={(next) => onChange(periodIn(unit, year, next))}
            options={parts.map((each) => ({ value: each, label: t(`sheets.${unit}`, { number: each }) }))}
          />
        )}
      </div>
    </div>
  );
}
