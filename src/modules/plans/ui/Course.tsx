import { useTranslation } from 'react-i18next';
import { groupDigits } from '../../../web/fields/format.ts';
import { type Compared, comparedOf, type Progress, type Unit } from '../progress/progress.shared.ts';
import type { Opened } from './Comparison.tsx';
import { useProgressNames } from './progress-names.ts';

interface Props {
  data: Progress;
  unit: Unit;
  /** The line that is looked at; none is the whole plan. */
  picked: string | null;
  onOpen(opened: Opened): void;
}

/** Month by month, and what the months come to together. */
export function Course({ data, unit, picked, onOpen }: Props) {
  const { t } = useTranslation();
  const { lineName } = useProgressNames(data);
  const line = data.lines.find(({ key }) => key === picked);
  const lines = line ? [line] : data.lines;
  const name = line ? lineName(line) : t('planning.total');
  const months = data.months.map((_, at) => comparedOf(lines, data.elapsed, unit, [at, at]));
  const sums = data.months.map((_, at) => comparedOf(lines, data.elapsed, unit, [0, at]));
  const text = (number: string | null) =>
    number === null || Number(number) === 0 ? '' : groupDigits(number);
  const actual = (number: string, at: number) =>
    line && Number(number) !== 0 ? (
      <button
        type="button"
        className="link"
        onClick={() => onOpen({ key: line.key, name, from: at, to: at, forecast: false })}
      >
        {text(number)}
      </button>
    ) : (
      text(number)
    );
  const rate = ({ rate, behind }: Compared) =>
    rate === null ? '' : <span className={behind ? 'late' : undefined}>{rate}%</span>;
  const came = (at: number) => (data.elapsed[at] ?? 0) > 0;
  const rows = [
    { head: 'plan', cells: months.map(({ plan }) => text(plan)) },
    { head: 'actual', cells: months.map((month, at) => actual(month.actual, at)) },
    { head: 'forecast', cells: months.map(({ forecast }) => text(forecast)) },
    { head: 'planSum', cells: sums.map(({ plan }) => text(plan)) },
    { head: 'actualSum', cells: sums.map(({ actual }, at) => (came(at) ? text(actual) : '')) },
    { head: 'rateSum', cells: sums.map((sum, at) => (came(at) ? rate(sum) : '')) },
  ];
  return (
    <section className="card plan-course" aria-label={t('planning.course', { name })}>
      <header>
        <h2>{t('planning.course', { name })}</h2>
      </header>
      <div className="plan-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t(`planning.unit.${unit}`, { currency: data.currency })}</th>
              {data.months.map((month) => (
                <th key={month} scope="col">
                  {month.slice(0, 7)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ head, cells }) => (
              <tr key={head}>
                <th scope="row">{t(`planning.head.${head}`)}</th>
                {cells.map((cell, at) => (
                  <td key={data.months[at]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
