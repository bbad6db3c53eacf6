import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exact, plain, readAmount } from '../../../platform/money/amounts.shared.ts';
import { partsOf, yearAt, yearOn } from '../../../platform/time/period.shared.ts';
import { ApiError, put } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { AmountGrid, type Written } from '../../../web/grid/AmountGrid.tsx';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { CellChange, Grid, GridRow } from '../target/grid.ts';
import { Aspects } from './Aspects.tsx';
import { aspectOf, refreshPerformance, useGrid, useMeasures, type Wish } from './api.ts';
import { MeasureChoice } from './Parts.tsx';
import { Periods } from './Periods.tsx';
import { CopyDialog, SplitDialog } from './Proposals.tsx';
import { type Column, sumsOf } from './sums.tsx';
import { todayText } from './today.ts';
import './performance.css';

/** What was written, and what stood there then; the latter is forgotten once one was told that it moved. */
type Edits = ReadonlyMap<string, { text: string; was?: string | null }>;
type Line = GridRow & { key: string; className: string };
const keyOf = (row: Pick<GridRow, 'id'>, { key }: Pick<Column, 'key'>) => `${row.id}/${key}`;

/** Targets of a year: people and departments by month, of all or of one product, category or province; typed, pasted, divided or copied. */
export function TargetsPage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const navigate = useNavigate();
  const wish = useSearch({ strict: false }) as Wish;
  const measures = useMeasures();
  const begins = meta.company.yearBegins;
  const year = wish.year ?? yearAt(todayText(), begins);
  const chosen = measures.data?.items.find(({ name }) => name === wish.measure) ?? measures.data?.items[0];
  const aspect = aspectOf(wish, chosen?.aspects ?? []);
  const { data, error, refetch } = useGrid(chosen?.name, year, aspect);
  if (!meta.entity('salesTarget'))
    return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  const set = (part: Wish) =>
    void navigate({ to: '/targets' as string, search: { ...wish, ...part } as never, replace: true });
  return (
    <div className="page full perf-page">
      <div className="head">
        <h1 tabIndex={-1}>{t('perf.targets')}</h1>
        <span className="fill" />
        <Link className="button" to="/r/$plural" params={{ plural: 'sales-targets' }}>
          {t('perf.asList')}
        </Link>
        <Link
          className="button"
          to={'/performance' as string}
          search={(chosen ? { measure: chosen.name } : {}) as never}
        >
          {t('perf.title')}
        </Link>
      </div>
      <div className="perf-choices">
        <MeasureChoice measure={chosen?.name} onChange={(next) => set({ measure: next })} />
        <Aspects offered={chosen?.aspects ?? []} told={data?.of} wish={aspect} onChange={set} />
        <Periods
          kind="year"
          day={yearOn(year, begins)}
          onDay={(next) => set({ year: Number(next.slice(0, 4)) })}
        />
      </div>
      {error && !data ? (
        <FailedPage error={error} again={() => void refetch()} />
      ) : data ? (
        <Editor key={JSON.stringify([data.measure, data.year, aspect])} grid={data} aspect={aspect} />
      ) : (
        <PageSkeleton />
      )}
    </div>
  );
}

function Editor({ grid, aspect }: { grid: Grid; aspect: Wish }) {
  const { t } = useTranslation();
  const entity = useMeta().entity('salesTarget');
  const [edits, setEdits] = useState<Edits>(new Map());
  const [dialog, setDialog] = useState<'copy' | GridRow | null>(null);
  const { busy, run } = useSaving();
  const columns: Column[] = [
    column('year', grid.startsOn, t('perf.year')),
    ...partsOf('year', grid.startsOn, 'month').map((day) =>
      column('month', day, t('perf.month', { month: Number(day.slice(5, 7)) }), day.slice(0, 7)),
    ),
  ];
  const [whole] = columns as [Column];
  const lines = grid.rows.map(
    (row): Line => ({
      ...row,
      key: row.kind + row.id,
      name: row.name || t('perf.company'),
      className: row.kind,
    }),
  );
  const stored = (row: GridRow, { period, startsOn }: Column) =>
    row.cells.find((cell) => cell.period === period && cell.startsOn === startsOn)?.amount ?? '';
  const valueAt = (row: GridRow, at: Column) => edits.get(keyOf(row, at))?.text ?? stored(row, at);
  const write = (changes: Written<GridRow, Column>[]) =>
    setEdits((old) => {
      const next = new Map(old);
      for (const { line, column, text } of changes) {
        if (text === stored(line, column)) next.delete(keyOf(line, column));
        else
          next.set(keyOf(line, column), {
            was: stored(line, column) || null,
            ...old.get(keyOf(line, column)),
            text,
          });
      }
      return next;
    });
  const propose = (cells: CellChange[]) => {
    write(
      cells.flatMap(({ person, team, period, startsOn, amount }) => {
        const line = grid.rows.find(({ id }) => id === (person ?? team ?? ''));
        const text = plain(exact(amount));
        return line?.writable ? [{ line, column: column(period, startsOn, ''), text }] : [];
      }),
    );
    toast(t('perf.proposed', { count: cells.length }));
  };
  const wrong = [...edits.values()].some(({ text }) => readAmount(text) === null);
  const save = () =>
    run(async () => {
      const cells = [...edits].map(([key, { text, ...seen }]) => {
        const [id = '', period, startsOn] = key.split('/');
        const row = grid.rows.find((each) => each.id === id);
        const whose = row?.kind === 'person' ? { person: id } : row?.kind === 'team' ? { team: id } : {};
        return { ...whose, period, startsOn, amount: readAmount(text) || null, ...seen };
      });
      await put('/performance/targets', { measure: grid.measure, ...aspect, cells });
      refreshPerformance();
      setEdits(new Map());
      toast(t('perf.saved', { count: cells.length }), { kind: 'good' });
    }, tell);
  // Told once what somebody else wrote meanwhile, who saves again means it.
  const tell = (failure: unknown) => {
    toastError(failure);
    if (!(failure instanceof ApiError && failure.code === 'target_moved')) return;
    setEdits((old) => new Map([...old].map(([key, { text }]) => [key, { text }])));
    refreshPerformance();
  };
  if (!entity) return null;
  const writes = may(entity, 'update') && grid.rows.some(({ writable }) => writable);
  return (
    <>
      {writes && (
        <div className="perf-choices">
          <button type="button" className="button" onClick={() => setDialog('copy')}>
            {t('perf.copy', { year: grid.year - 1 })}
          </button>
          <span className="quiet perf-hint">{t('perf.hint')}</span>
          <span className="fill" />
          {edits.size > 0 && (
            <Button onClick={() => setEdits(new Map())} disabled={busy}>
              {t('perf.discard')}
            </Button>
          )}
          <Button
            type="primary"
            loading={busy}
            disabled={edits.size === 0 || wrong}
            onClick={() => void save()}
          >
            {edits.size ? t('perf.save', { count: edits.size }) : t('save')}
          </Button>
        </div>
      )}
      <div className="perf-grid">
        <AmountGrid<Line, Column>
          corner={t('perf.who')}
          lines={lines}
          columns={columns}
          valueAt={valueAt}
          isChanged={(row, at) => edits.has(keyOf(row, at))}
          onWrite={write}
          head={(row) => (
            <>
              <span>{row.name}</span>
              {row.writable && valueAt(row, whole) && (
                <button type="button" className="link" onClick={() => setDialog(row)}>
                  {t('perf.split')}
                </button>
              )}
            </>
          )}
          tail={{
            labels: [t('perf.sum'), t('perf.below')],
            cells: (row) => sumsOf(row, { rows: grid.rows, columns, valueAt, says: t('perf.difference') }),
          }}
        />
      </div>
      {dialog === 'copy' && (
        <CopyDialog
          measure={grid.measure}
          aspect={aspect}
          year={grid.year}
          onDone={propose}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog && dialog !== 'copy' && (
        <SplitDialog
          measure={grid.measure}
          aspect={aspect}
          row={dialog}
          startsOn={grid.startsOn}
          amount={readAmount(valueAt(dialog, whole)) || '0'}
          onDone={propose}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}

const column = (period: Column['period'], startsOn: string, label: string, says?: string): Column => ({
  key: `${period}/${startsOn}`,
  period,
  startsOn,
  label,
  ...(says ? { says } : {}),
});
