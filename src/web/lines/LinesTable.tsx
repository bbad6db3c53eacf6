import { useTranslation } from 'react-i18next';
import { shownFields, useMeta } from '../api/meta.tsx';
import type { MetaField, WireRecord } from '../api/types.ts';
import { FieldValue } from '../fields/FieldValue.tsx';
import { isEmpty } from '../fields/format.ts';
import { usePhone } from '../shell/hooks.ts';
import { lineRulesOf } from '../slots.ts';
import { Aside } from './EditTable.tsx';
import { isNumber } from './LineCell.tsx';
import { holdsLists, type PartMeta, type Row, rowFields } from './rows.ts';
import './lines.css';

/** The rows of a record as they stand, with what they come to; columns without any value are left out. */
export function LinesTable({ part, record }: { part: PartMeta; record: WireRecord }) {
  const { t } = useTranslation();
  const meta = useMeta();
  const phone = usePhone();
  const lists = holdsLists(part.entity);
  const rules = lineRulesOf(part.entity);
  const stored = (record[part.name] as Row[] | undefined) ?? [];
  const rows = rules?.shown(stored) ?? stored;
  const Foot = rules?.Foot;
  const written = new Set(rowFields(part.entity).map(({ name }) => name));
  const followed = new Set(['owner', 'department', 'position', part.entity.scopeOf]);
  const fields = shownFields(part.entity).filter(
    ({ name, to }) =>
      !followed.has(name) &&
      !rules?.hidden.includes(name) &&
      (to === undefined || to !== part.entity.partOf) &&
      rows.some((row) => name in row && !isEmpty(row[name])) &&
      rules?.tells(name, rows) !== false,
  );
  // The record a row is of is named by the row's own title.
  const [figure] = fields.filter(({ kind }) => kind === 'money');
  // What a row comes to is its first amount; the others stand in the sums.
  const columns = fields.filter(
    (field) =>
      (field.kind !== 'reference' || !written.has(field.name)) &&
      (field.kind !== 'money' || field === figure),
  );
  const title = columns.find(({ name }) => name === part.entity.title);
  // What stands beneath another row is counted with it.
  const numbers = rows.map((row, at) =>
    rules?.isBeneath(row)
      ? ''
      : String(rows.slice(0, at + 1).filter((each) => !rules?.isBeneath(each)).length),
  );
  if (rows.length === 0) return <p className="quiet pad-text">{t('lines.none')}</p>;
  const labelOf = (field: MetaField) => rules?.label(field.name) ?? field.label;
  const value = (field: MetaField, row: Row) => {
    const link = field.name === part.entity.title ? linkOf(row) : undefined;
    if (link)
      return <FieldValue field={link.field} value={{ ...link.value, title: String(row[field.name]) }} />;
    return (
      rules?.text(field.name, row[field.name], row) ?? (
        <FieldValue field={field} value={row[field.name]} compact={!lists} />
      )
    );
  };
  const linkOf = (row: Row) => {
    const field = fields.find(({ kind, name }) => kind === 'reference' && row[name]);
    const known = field && meta.entity(field.to ?? '') && row[field.name];
    return known ? { field, value: row[field.name] as { id: string } } : undefined;
  };
  return (
    <div className="lines read">
      {phone || lists ? (
        <ol className="line-cards">
          {rows.map((row, at) => (
            <li key={String(row.id)} className={rules?.isBeneath(row) ? 'beneath' : ''}>
              <div className="sum">
                <b>
                  {numbers[at] && <span className="quiet">{numbers[at]}. </span>}
                  {title && value(title, row)}
                </b>
                <b>
                  {figure && value(figure, row)}
                  <Aside rules={rules} head={record} rows={rows} at={at} />
                </b>
              </div>
              <p className="quiet line-says">
                {columns
                  .filter((field) => field !== title && field.kind !== 'money' && !isEmpty(row[field.name]))
                  .map((field) => (
                    <span key={field.name}>
                      {labelOf(field)} {value(field, row)}
                    </span>
                  ))}
              </p>
            </li>
          ))}
        </ol>
      ) : (
        <div className="lines-scroll">
          <table>
            <thead>
              <tr>
                <th>#</th>
                {columns.map((field) => (
                  <th key={field.name} scope="col" className={cellClass(field, figure)}>
                    {labelOf(field)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                <tr key={String(row.id)} className={rules?.isBeneath(row) ? 'beneath' : ''}>
                  <td className="quiet">{numbers[at]}</td>
                  {columns.map((field) => (
                    <td key={field.name} className={cellClass(field, figure)}>
                      {value(field, row)}
                      {field === figure && <Aside rules={rules} head={record} rows={rows} at={at} />}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {Foot && <Foot part={part.entity} head={record} rows={rows} />}
    </div>
  );
}

/** What a row comes to stays in sight; what is never long needs no room kept for it. */
function cellClass(field: MetaField, figure: MetaField | undefined): string {
  if (field === figure) return 'num kept';
  if (isNumber(field.kind)) return 'num';
  return field.kind === 'choice' || field.kind === 'boolean' ? 'short' : '';
}
