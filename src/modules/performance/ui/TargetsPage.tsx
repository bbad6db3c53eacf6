import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { type ClipboardEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { put } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { groupDigits } from '../../../web/fields/format.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { CellChange, Grid, GridRow } from '../target/grid.ts';
import { exact, plain, readAmount } from './amounts.ts';
import { refreshPerformance, useGrid, useMeasures, type Wish } from './api.ts';
import { Periods } from './Periods.tsx';
import { CopyDialog, SplitDialog } from './Proposals.tsx';
import { type Kind, monthsIn } from './period.ts';
import { todayText } from './today.ts';
import './performance.css';

type Edits = ReadonlyMap<string, string>;
const keyOf = (row: Pick<GridRow, 'id'>, period: Kind, startsOn: string) => `${row.id}/${period}/${startsOn}`;

/** Targets of a year: people and departments by month, typed, pasted from a spreadsheet, divided or copied. */
export function TargetsPage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const navigate = useNavigate();
  const wish = useSearch({ strict: false }) as Wish;
  const measures = useMeasures();
  const year = wish.year ?? Number(todayText().slice(0, 4));
  const measure = wish.measure ?? measures.data?.items[0]?.name;
  const { data, error, refetch } = useGrid(measure, year);
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
        <Link className="button" to={'/performance' as string} search={(measure ? { measure } : {}) as never}>
          {t('perf.title')}
        </Link>
      </div>
      <div className="perf-choices">
        <Select
          aria-label={t('perf.measure')}
          value={measure ?? null}
          onChange={(next) => set({ measure: next as string })}
          options={measures.data?.items.map(({ name, label }) => ({ value: name, label })) ?? []}
          popupMatchSelectWidth={false}
        />
        <Periods
          kind="year"
          day={`${year}-01-01`}
          onDay={(next) => set({ year: Number(next.slice(0, 4)) })}
        />
      </div>
      {error && !data ? (
        <FailedPage error={error} again={() => void refetch()} />
      ) : data ? (
        <Editor key={`${data.measure}${data.year}`} grid={data} />
      ) : (
        <PageSkeleton />
      )}
    </div>
  );
}

function Editor({ grid }: { grid: Grid }) {
  const { t } = useTranslation();
  const entity = useMeta().entity('salesTarget');
  const [edits, setEdits] = useState<Edits>(new Map());
  const [dialog, setDialog] = useState<'copy' | GridRow | null>(null);
  const { busy, run } = useSaving();
  const columns = [
    { period: 'year' as Kind, startsOn: `${grid.year}-01-01` },
    ...monthsIn(grid.year).map((startsOn) => ({ period: 'month' as Kind, startsOn })),
  ];
  const stored = (row: GridRow, period: Kind, startsOn: string) =>
    row.cells.find((cell) => cell.period === period && cell.startsOn === startsOn)?.amount ?? '';
  const valueAt = (row: GridRow, period: Kind, startsOn: string) =>
    edits.get(keyOf(row, period, startsOn)) ?? stored(row, period, startsOn);
  const write = (changes: { row: GridRow; period: Kind; startsOn: string; text: string }[]) =>
    setEdits((old) => {
      const next = new Map(old);
      for (const { row, period, startsOn, text } of changes) {
        const key = keyOf(row, period, startsOn);
        if (text === stored(row, period, startsOn)) next.delete(key);
        else next.set(key, text);
      }
      return next;
    });
  const propose = (cells: CellChange[]) => {
    write(
      cells.flatMap(({ person, team, period, startsOn, amount }) => {
        const row = grid.rows.find(({ id }) => id === (person ?? team ?? ''));
        return row?.writable ? [{ row, period, startsOn, text: plain(exact(amount)) }] : [];
      }),
    );
    toast(t('perf.proposed', { count: cells.length }));
  };
  const wrong = [...edits.values()].some((text) => readAmount(text) === null);
  const save = () =>
    run(async () => {
      const cells = [...edits].map(([key, text]) => {
        const [id = '', period, startsOn] = key.split('/');
        const row = grid.rows.find((each) => each.id === id);
        const whose = row?.kind === 'person' ? { person: id } : row?.kind === 'team' ? { team: id } : {};
        return { ...whose, period, startsOn, amount: readAmount(text) || null };
      });
      await put('/performance/targets', { measure: grid.measure, cells });
      refreshPerformance();
      setEdits(new Map());
      toast(t('perf.saved', { count: cells.length }), { kind: 'good' });
    }, toastError);
  const paste = (event: ClipboardEvent<HTMLTableElement>) => {
    const place = placeOf(event.target);
    const text = event.clipboardData.getData('text/plain').replace(/\r?\n$/, '');
    if (!place || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const lines = text.split(/\r?\n/).map((line) => line.split('\t'));
    write(
      lines.flatMap((line, down) => {
        const row = grid.rows[place.row + down];
        if (!row?.writable) return [];
        return line.flatMap((cell, right) => {
          const column = columns[place.column + right];
          return column ? [{ row, ...column, text: readAmount(cell) ?? cell.trim() }] : [];
        });
      }),
    );
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
            {t('perf.save', { count: edits.size })}
          </Button>
        </div>
      )}
      <section className="card perf-grid">
        <table onKeyDown={move} onPaste={paste}>
          <thead>
            <tr>
              <th scope="col">{t('perf.who')}</th>
              <th scope="col">{t('perf.year')}</th>
              {monthsIn(grid.year).map((month) => (
                <th key={month} scope="col">
                  {t('perf.month', { month: Number(month.slice(5, 7)) })}
                </th>
              ))}
              <th scope="col">{t('perf.sum')}</th>
              <th scope="col">{t('perf.below')}</th>
            </tr>
          </thead>
          <tbody>
            {grid.rows.map((row, at) => (
              <tr key={row.kind + row.id} className={row.kind}>
                <th scope="row">
                  <span>{row.kind === 'company' ? t('perf.company') : row.name}</span>
                  {row.writable && valueAt(row, 'year', `${grid.year}-01-01`) && (
                    <button type="button" className="link" onClick={() => setDialog(row)}>
                      {t('perf.split')}
                    </button>
                  )}
                </th>
                {columns.map(({ period, startsOn }, column) => {
                  const value = valueAt(row, period, startsOn);
                  const key = keyOf(row, period, startsOn);
                  return (
                    <td key={key} className={edits.has(key) ? 'changed' : undefined}>
                      {row.writable ? (
                        <input
                          data-row={at}
                          data-column={column}
                          inputMode="decimal"
                          aria-label={`${row.name || t('perf.company')} ${period === 'year' ? t('perf.year') : startsOn.slice(0, 7)}`}
                          aria-invalid={readAmount(value) === null}
                          value={value}
                          onChange={(event) => write([{ row, period, startsOn, text: event.target.value }])}
                          onBlur={() => write([{ row, period, startsOn, text: readAmount(value) ?? value }])}
                        />
                      ) : (
                        value && groupDigits(value)
                      )}
                    </td>
                  );
                })}
                <Sums row={row} grid={grid} valueAt={valueAt} />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {dialog === 'copy' && (
        <CopyDialog
          measure={grid.measure}
          year={grid.year}
          onDone={propose}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog && dialog !== 'copy' && (
        <SplitDialog
          measure={grid.measure}
          row={dialog}
          startsOn={`${grid.year}-01-01`}
          amount={readAmount(valueAt(dialog, 'year', `${grid.year}-01-01`)) || '0'}
          onDone={propose}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}

/** What the months add up to, and what those below have, each with its difference to what is set for the year. */
function Sums({
  row,
  grid,
  valueAt,
}: {
  row: GridRow;
  grid: Grid;
  valueAt(row: GridRow, period: Kind, startsOn: string): string;
}) {
  const { t } = useTranslation();
  const first = `${grid.year}-01-01`;
  const amount = (each: GridRow, period: Kind, startsOn: string) =>
    exact(readAmount(valueAt(each, period, startsOn)) || '0');
  const months = (each: GridRow) =>
    monthsIn(grid.year).reduce((all, month) => all + amount(each, 'month', month), 0n);
  const whole = (each: GridRow) => amount(each, 'year', first) || months(each);
  const set = amount(row, 'year', first);
  const sum = months(row);
  const inside = below(grid.rows, row);
  const people = inside.reduce((all, each) => all + whole(each), 0n);
  const difference = (value: bigint, of: bigint) =>
    value !== 0n && of !== 0n && value !== of ? (
      <small className="late" title={t('perf.difference')}>
        {value > of ? '+' : ''}
        {groupDigits(plain(value - of))}
      </small>
    ) : null;
  return (
    <>
      <td>
        {sum === 0n ? '' : groupDigits(plain(sum))} {difference(sum, set)}
      </td>
      <td>
        {people === 0n ? '' : groupDigits(plain(people))} {difference(people, whole(row))}
      </td>
    </>
  );
}

/** The people below a department, at any depth; of the company everybody. */
function below(rows: readonly GridRow[], { kind, id }: GridRow): GridRow[] {
  const people = rows.filter((row) => row.kind === 'person');
  if (kind === 'company') return people;
  if (kind === 'person') return [];
  const parents = new Map(rows.map((row) => [row.id, row.parent]));
  const under = (row: GridRow) => {
    for (let at = row.parent, steps = 0; at && steps < 30; at = parents.get(at) ?? null, steps++)
      if (at === id) return true;
    return false;
  };
  return people.filter(under);
}

function placeOf(target: EventTarget): { row: number; column: number } | null {
  if (!(target instanceof HTMLInputElement) || target.dataset.row === undefined) return null;
  return { row: Number(target.dataset.row), column: Number(target.dataset.column) };
}

/** Arrows and Enter go from cell to cell; left and right where the text ends. */
function move(event: KeyboardEvent<HTMLTableElement>): void {
  const place = placeOf(event.target);
  if (!place) return;
  const input = event.target as HTMLInputElement;
  const step = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    Enter: [event.shiftKey ? -1 : 1, 0],
    ArrowLeft: input.selectionStart === 0 ? [0, -1] : null,
    ArrowRight: input.selectionEnd === input.value.length ? [0, 1] : null,
  }[event.key];
  if (!step) return;
  const [down = 0, right = 0] = step;
  const { row, column } = place;
  const next = event.currentTarget.querySelector<HTMLInputElement>(
    `[data-row="${row + down}"][data-column="${column + right}"]`,
  );
  event.preventDefault();
  next?.focus();
  next?.select();
}
