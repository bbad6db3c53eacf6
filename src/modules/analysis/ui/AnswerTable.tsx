import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type AnswerLine, cellFilter, type ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { numberText } from './format.ts';

interface CellProps {
  answer: ReportAnswer;
  line: AnswerLine | null;
  column: number | null;
  value: number;
  number: string | null | undefined;
}

/** A number; it leads to the records behind it wherever a list can show them. */
function Cell({ answer, line, column, value, number }: CellProps) {
  const { company } = useMeta();
  const told = answer.values[value];
  if (!told || number == null) return <td className="number" />;
  const text = numberText(number, told.kind, company.currency);
  const filter = cellFilter(answer, line, column, value);
  if (filter === undefined || number === '0') return <td className="number">{text}</td>;
  return (
    <td className="number">
      <Link
        to="/r/$plural"
        params={{ plural: told.plural ?? answer.plural }}
        search={filter ? { filter } : {}}
        preload={false}
      >
        {text}
      </Link>
    </td>
  );
}

/** The answer in numbers: rows, columns of a pivot, totals. */
export function AnswerTable({ answer, label }: { answer: ReportAnswer; label: string }) {
  const { t } = useTranslation();
  const { rows, columns, columnKeys, values, lines, totals } = answer;
  const pivot = columns.length > 0;
  const numbers = (line: AnswerLine | null, cells: (string | null)[][], total: (string | null)[]) => (
    <>
      {pivot &&
        columnKeys.map(({ keys }, column) =>
          values.map((told, value) => (
            <Cell
              key={`${keys.map(({ key }) => key).join()}${told.label}`}
              {...{ answer, line, column, value, number: cells[column]?.[value] }}
            />
          )),
        )}
      {values.map((told, value) => (
        <Cell key={told.label} {...{ answer, line, column: null, value, number: total[value] }} />
      ))}
    </>
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is moved sideways by the keyboard too
    <section className="report-table" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          {pivot && (
            <tr>
              {rows.length > 0 && (
                <th colSpan={rows.length}>{columns.map((each) => each.label).join(' · ')}</th>
              )}
              {columnKeys.map(({ keys }) => (
                <th key={keys.map(({ key }) => key).join()} colSpan={values.length} className="number">
                  {keys.map((key) => key.label).join(' · ')}
                </th>
              ))}
              <th colSpan={values.length} className="number">
                {t('analysis.total')}
              </th>
            </tr>
          )}
          <tr>
            {rows.map((row) => (
              <th key={row.label} scope="col">
                {row.label}
              </th>
            ))}
            {(pivot ? [...columnKeys, null] : [null]).map((column) =>
              values.map((told) => (
                <th
                  key={`${column?.keys.map(({ key }) => key).join() ?? ''}${told.label}`}
                  scope="col"
                  className="number"
                >
                  {told.label}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <tr key={line.keys.map(({ key }) => key).join('|')}>
              {line.keys.map(({ label: name }, group) => (
                <th key={rows[group]?.label} scope="row">
                  {group < line.keys.length - 1 && name === lines[at - 1]?.keys[group]?.label ? '' : name}
                </th>
              ))}
              {numbers(line, line.cells, line.total)}
            </tr>
          ))}
        </tbody>
        {rows.length > 0 && totals.all.some((number) => number !== null) && (
          <tfoot>
            <tr>
              <th colSpan={rows.length} scope="row">
                {t('analysis.total')}
              </th>
              {numbers(null, totals.columns, totals.all)}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}
