import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exact, plain, readAmount } from '../../../platform/money/amounts.shared.ts';
import { minorUnits } from '../../../platform/money/currencies.shared.ts';
import { partsOf } from '../../../platform/time/period.shared.ts';
import { post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { putRecord, updateRecord } from '../../../web/api/records.ts';
import type { MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { groupDigits } from '../../../web/fields/format.ts';
import { AmountGrid, type Written } from '../../../web/grid/AmountGrid.tsx';
import { FormError } from '../../../web/shell/FormError.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import { NO_MONTHS } from '../plan/months.shared.ts';
import type { Season } from '../progress/season.ts';
import { LineDialog } from './LineDialog.tsx';
import {
  type EditLine,
  isReadable,
  keyOf,
  linesOf,
  newKey,
  type Unit,
  wireOf,
  written,
  yearOf,
} from './lines.ts';
import { reasonIn, useLineName } from './names.ts';
import { TableDialog } from './TableDialog.tsx';

interface Column {
  key: string;
  label: string;
  says?: string;
  at: number | null;
}
type Line = EditLine & { name: string; writable: boolean };

/** The lines of a plan by month; what is settled is only read. */
export function Editor({ entity, plan }: { entity: MetaEntity; plan: WireRecord }) {
  const { t } = useTranslation();
  const { company } = useMeta();
  const nameOf = useLineName();
  const [lines, setLines] = useState(() => linesOf(plan));
  const [stored] = useState(lines);
  const [unit, setUnit] = useState<Unit>('amounts');
  const [way, setWay] = useState<'evenly' | 'season'>('evenly');
  const [dialog, setDialog] = useState<'new' | 'table' | EditLine | null>(null);
  const { busy, message, run } = useSaving((error) => reasonIn(error, lines.map(nameOf)));
  const season = useQuery({
    queryKey: ['plan-season', plan.id, lines.map(keyOf)],
    queryFn: () =>
      post<{ lines: Season[] }>(`/sales-plans/${plan.id}/season`, {
        lines: lines.map(({ product, category, area, channel, partner }) => ({
          product: product?.id ?? null,
          category: category?.id ?? null,
          area,
          channel,
          partner: partner?.id ?? null,
        })),
      }),
    enabled: way === 'season' && lines.length > 0,
    staleTime: 60_000,
  });
  const writes = plan.status === 'draft' && plan.can.update;
  const changed = lines !== stored;
  const columns: Column[] = [
    { key: 'year', label: t('planning.year'), at: null },
    ...partsOf('year', String(plan.startsOn), 'month').map((day, at) => ({
      key: day,
      label: t('planning.month', { month: Number(day.slice(5, 7)) }),
      says: day.slice(0, 7),
      at,
    })),
  ];
  const digits = unit === 'amounts' ? minorUnits(company.currency) : 0;
  const sharesOf = (line: EditLine): readonly string[] =>
    (way === 'season' && season.data?.lines[lines.findIndex(({ key }) => key === line.key)]?.[unit]) ||
    NO_MONTHS;
  const write = (changes: Written<Line, Column>[]) =>
    setLines((old) =>
      old.map((line) =>
        changes
          .filter((change) => change.line.key === line.key)
          .reduce(
            (next, { column, text }) =>
              written(next, unit, column.at, text, { shares: sharesOf(line), digits }),
            line,
          ),
      ),
    );
  const divide = () =>
    setLines((old) =>
      old.map((line) => written(line, unit, null, yearOf(line, unit), { shares: sharesOf(line), digits })),
    );
  const save = () =>
    run(async () => {
      const saved = await updateRecord(entity.plural, plan, { lines: lines.map(wireOf) });
      toast(t('planning.saved', { count: lines.length }), { kind: 'good' });
      putRecord(entity.plural, saved);
    });
  const valueAt = (line: EditLine, { at }: Column) =>
    at === null ? yearOf(line, unit) : (line[unit][at] ?? '');
  const before = new Map(stored.map((line) => [line.key, line]));
  const rows = lines.map((line): Line => ({ ...line, name: nameOf(line), writable: writes }));
  const total = ({ at }: Column) =>
    lines.reduce(
      (sum, line) => sum + exact(readAmount(valueAt(line, { key: '', label: '', at })) || '0'),
      0n,
    );
  const waits = way === 'season' && season.isFetching;
  return (
    <>
      <div className="plan-tools">
        <Segmented
          aria-label={t('planning.unit')}
          value={unit}
          onChange={setUnit}
          options={(['amounts', 'quantities'] as const).map((value) => ({
            value,
            label: t(`planning.unit.${value}`, { currency: company.currency }),
          }))}
        />
        {writes && (
          <>
            <button type="button" className="button" onClick={() => setDialog('new')}>
              {t('planning.add')}
            </button>
            <button type="button" className="button" onClick={() => setDialog('table')}>
              {t('planning.fromTable')}
            </button>
            <span className="plan-way">
              <span className="quiet">{t('planning.way')}</span>
              <Segmented
                aria-label={t('planning.way')}
                value={way}
                onChange={setWay}
                options={(['evenly', 'season'] as const).map((value) => ({
                  value,
                  label: t(`planning.way.${value}`),
                }))}
              />
              <button
                type="button"
                className="button"
                disabled={waits || lines.length === 0}
                onClick={divide}
              >
                {t('planning.divide')}
              </button>
            </span>
            <span className="fill" />
            {changed && (
              <Button onClick={() => setLines(stored)} disabled={busy}>
                {t('planning.discard')}
              </Button>
            )}
            <Button
              type="primary"
              loading={busy}
              disabled={!changed || !lines.every(isReadable)}
              onClick={() => void save()}
            >
              {t('save')}
            </Button>
          </>
        )}
      </div>
      <FormError message={message} />
      {season.error && way === 'season' && <p role="alert">{t('planning.noSeason')}</p>}
      {lines.length === 0 ? (
        <section className="card">
          <div className="empty-page">
            <h2>{t('planning.empty')}</h2>
            <p>{t(writes ? 'planning.emptyText' : 'planning.emptyRead')}</p>
            {writes && (
              <button type="button" className="button primary" onClick={() => setDialog('new')}>
                {t('planning.add')}
              </button>
            )}
          </div>
        </section>
      ) : (
        <>
          {writes && <p className="quiet plan-hint">{t('planning.hint')}</p>}
          <AmountGrid<Line, Column>
            corner={t('planning.for')}
            lines={rows}
            columns={columns}
            valueAt={valueAt}
            isChanged={(line, column) => {
              const old = before.get(line.key);
              return valueAt(line, column) !== (old ? valueAt(old, column) : '');
            }}
            onWrite={write}
            head={(line) => (
              <span className="plan-for">
                <span>{line.name}</span>
                {writes && (
                  <button
                    type="button"
                    className="link"
                    aria-label={t('planning.change', { name: line.name })}
                    onClick={() => setDialog(lines.find(({ key }) => key === line.key) ?? null)}
                  >
                    {t('edit')}
                  </button>
                )}
              </span>
            )}
            foot={{
              label: t('planning.total'),
              cells: columns.map((column) => groupDigits(plain(total(column)))),
            }}
          />
        </>
      )}
      {dialog === 'table' && (
        <TableDialog plan={plan} lines={lines} onDone={setLines} onClose={() => setDialog(null)} />
      )}
      {dialog && dialog !== 'table' && (
        <LineDialog
          line={dialog === 'new' ? null : dialog}
          taken={new Set(lines.filter((line) => line !== dialog).map(keyOf))}
          onDone={(cut) =>
            setLines((old) =>
              dialog === 'new'
                ? [...old, { ...EMPTY, ...cut, key: newKey() }]
                : old.map((line) => (line.key === dialog.key ? { ...line, ...cut } : line)),
            )
          }
          onRemove={
            dialog === 'new' ? null : () => setLines((old) => old.filter(({ key }) => key !== dialog.key))
          }
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}

const blank = NO_MONTHS.map(() => '');
const EMPTY = { amounts: blank, quantities: blank, years: {}, remark: null };
