import { useTranslation } from 'react-i18next';
import { exact, plain } from '../../../platform/money/amounts.shared.ts';
import { groupDigits } from '../../../web/fields/format.ts';
import { RateBar } from '../../../web/grid/RateBar.tsx';
import {
  type Compared,
  comparedOf,
  type GroupedBy,
  groupOf,
  type Progress,
  type ProgressLine,
  type Unit,
} from '../progress/progress.shared.ts';
import { useProgressNames } from './progress-names.ts';

/** What is looked at behind a number. */
export interface Opened {
  key: string;
  name: string;
  from: number;
  to: number;
  forecast: boolean;
}

interface Props {
  data: Progress;
  unit: Unit;
  by: GroupedBy;
  range: [number, number];
  picked: string | null;
  onPick(key: string | null): void;
  onOpen(opened: Opened): void;
}

interface Row {
  id: string;
  name: string;
  kind: 'total' | 'group' | 'line' | 'rest';
  /** Of a single line, or of what no line is for: its records can be looked at. */
  key?: string;
  sums: Compared;
}

/** Line by line: planned, come, how far, what is expected still; what is behind is marked. */
export function Comparison({ data, unit, by, range, picked, onPick, onOpen }: Props) {
  const { t } = useTranslation();
  const rows = useRows(data, unit, by, range);
  const text = (number: string | null) => (number === null ? '–' : groupDigits(number));
  const heads = ['plan', 'actual', 'rate', 'due', 'forecast', 'gap'] as const;
  return (
    <section className="card plan-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('planning.for')}</th>
            {heads.map((head) => (
              <th key={head} scope="col">
                {t(`planning.head.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, kind, key, sums }) => {
            const link = (number: string | null, forecast: boolean) =>
              key !== undefined && number !== null && Number(number) !== 0 ? (
                <button
                  type="button"
                  className="link"
                  onClick={() => onOpen({ key, name, from: range[0], to: range[1], forecast })}
                >
                  {text(number)}
                </button>
              ) : (
                text(number)
              );
            return (
              <tr key={id} className={`plan-${kind}`}>
                <th scope="row">
                  {kind === 'line' ? (
                    <button
                      type="button"
                      className="link"
                      aria-pressed={picked === key}
                      onClick={() => onPick(picked === key ? null : (key ?? null))}
                    >
                      {name}
                    </button>
                  ) : (
                    name
                  )}
                  {sums.behind && <span className="plan-behind">{t('planning.isBehind')}</span>}
                </th>
                <td data-label={t('planning.head.plan')}>{kind === 'rest' ? '–' : text(sums.plan)}</td>
                <td data-label={t('planning.head.actual')}>{link(sums.actual, false)}</td>
                <td data-label={t('planning.head.rate')}>
                  {sums.rate === null ? (
                    '–'
                  ) : (
                    <RateBar
                      rate={sums.rate}
                      expected={String((Number(sums.due) / Number(sums.plan)) * 100)}
                      behind={sums.behind}
                      title={t('planning.dueBy', { due: text(sums.due) })}
                    />
                  )}
                </td>
                <td data-label={t('planning.head.due')}>{kind === 'rest' ? '–' : text(sums.due)}</td>
                <td data-label={t('planning.head.forecast')}>{link(sums.forecast, true)}</td>
                <td data-label={t('planning.head.gap')}>{kind === 'rest' ? '–' : text(gapOf(sums))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** What is missing to the plan once what is expected has come. */
function gapOf({ plan, actual, forecast }: Compared): string {
  const gap = exact(plan) - exact(actual) - exact(forecast);
  return gap > 0n ? plain(gap) : '0';
}

function useRows(data: Progress, unit: Unit, by: GroupedBy, range: [number, number]): Row[] {
  const { t } = useTranslation();
  const { lineName, groupName } = useProgressNames(data);
  const sumsOf = (lines: readonly Pick<ProgressLine, 'plan' | 'actual' | 'forecast'>[]) =>
    comparedOf(lines, data.elapsed, unit, range);
  const row = (line: ProgressLine): Row => ({
    id: line.key,
    key: line.key,
    name: lineName(line),
    kind: 'line',
    sums: sumsOf([line]),
  });
  const groups = Map.groupBy(data.lines, (line) => (by === 'line' ? '' : groupOf(line, by)));
  const body =
    by === 'line'
      ? data.lines.map(row)
      : [...groups].flatMap(([group, lines]): Row[] => [
          { id: `group ${group}`, name: groupName(by, group), kind: 'group', sums: sumsOf(lines) },
          ...lines.map(row),
        ]);
  const nothing = { amounts: [], quantities: [] };
  const rest = { plan: nothing, ...data.rest };
  return [
    { id: 'total', name: t('planning.total'), kind: 'total', sums: sumsOf(data.lines) },
    ...body,
    ...(data.rest.actual.records > 0 || (data.rest.forecast?.records ?? 0) > 0
      ? [{ id: 'rest', key: '', name: t('planning.rest'), kind: 'rest' as const, sums: sumsOf([rest]) }]
      : []),
  ];
}
