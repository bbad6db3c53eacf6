import { InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import type { CellChange, GridRow } from '../target/grid.ts';
import type { Wish } from './api.ts';

interface Props {
  measure: string;
  /** Of which product, category or province. */
  aspect: Wish;
  onDone(cells: CellChange[]): void;
  onClose(): void;
}

/** Last year's targets with a growth, as a proposal in the grid. */
export function CopyDialog({ measure, aspect, year, onDone, onClose }: Props & { year: number }) {
  const { t } = useTranslation();
  const [growth, setGrowth] = useState<string>('10');
  const save = async () => {
    const { cells } = await post<{ cells: CellChange[] }>('/performance/targets/copy', {
      measure,
      ...aspect,
      year,
      growth,
    });
    onDone(cells);
    onClose();
  };
  return (
    <FormDialog
      title={t('perf.copy', { year: year - 1 })}
      width={420}
      ok={t('perf.propose')}
      ready={growth !== ''}
      save={save}
      onClose={onClose}
    >
      <label className="field" htmlFor="perf-growth">
        <span className="field-label">{t('perf.growth')}</span>
        <InputNumber
          id="perf-growth"
          stringMode
          min="-99"
          max="1000"
          precision={2}
          value={growth}
          onChange={(value) => setGrowth(value === null ? '' : String(value))}
          suffix="%"
        />
      </label>
      <p className="quiet">{t('perf.proposeText')}</p>
    </FormDialog>
  );
}

const INTO = ['month', 'quarter', 'people'] as const;
const WAYS = ['evenly', 'lastYear'] as const;

/** Divides what is set for a year, as a proposal in the grid. */
export function SplitDialog(props: Props & { row: GridRow; startsOn: string; amount: string }) {
  const { measure, aspect, row, startsOn, amount, onDone, onClose } = props;
  const { t } = useTranslation();
  const [into, setInto] = useState<(typeof INTO)[number]>('month');
  const [way, setWay] = useState<(typeof WAYS)[number]>('evenly');
  const whose = row.kind === 'person' ? { person: row.id } : row.kind === 'team' ? { team: row.id } : {};
  const save = async () => {
    const body = { measure, ...aspect, ...whose, period: 'year', startsOn, amount, into, way };
    const { cells } = await post<{ cells: CellChange[] }>('/performance/targets/split', body);
    onDone(cells);
    onClose();
  };
  const parts = INTO.filter((value) => value !== 'quarter' && (value !== 'people' || row.kind !== 'person'));
  return (
    <FormDialog
      title={t('perf.splitOf', { name: row.name || t('perf.company'), amount })}
      width={460}
      ok={t('perf.propose')}
      ready
      save={save}
      onClose={onClose}
    >
      <Radio.Group
        aria-label={t('perf.into')}
        value={into}
        onChange={(event) => setInto(event.target.value)}
        options={parts.map((value) => ({ value, label: t(`perf.into.${value}`) }))}
      />
      <Radio.Group
        aria-label={t('perf.way')}
        value={way}
        onChange={(event) => setWay(event.target.value)}
        options={WAYS.map((value) => ({ value, label: t(`perf.way.${value}`) }))}
      />
      <p className="quiet">{t('perf.proposeText')}</p>
    </FormDialog>
  );
}
