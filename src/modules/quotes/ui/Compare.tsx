import { useTranslation } from 'react-i18next';
import { fieldOf, useMeta } from '../../../web/api/meta.tsx';
import { useRecord } from '../../../web/api/records.ts';
import type { MetaEntity, MoneyValue, Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { moneyText, valueText } from '../../../web/fields/format.ts';
import { lineRulesOf, type SlotProps } from '../../../web/slots.ts';
import { COMPARED, type ComparedLine, compareLines } from '../quote/compare.shared.ts';
import './quotes.css';

/** What a version has that the one before had not, line by line. */
export function Compare({ record }: SlotProps) {
  const { t } = useTranslation();
  const line = useMeta().entity('quoteLine');
  const previous = record.previous as Reference;
  const { data } = useRecord('quotes', previous.id);
  if (!data || !line) return null;
  const rows = compareLines(data.lines as ComparedLine[], record.lines as ComparedLine[]);
  const total = (of: WireRecord) => (of.total ? moneyText(of.total as MoneyValue) : '');
  return (
    <div className="lines read">
      <div className="lines-scroll">
        <table>
          <thead>
            <tr>
              <th>{t('quotes.change')}</th>
              <th>{t('quotes.edition', { edition: data.edition ?? 1 })}</th>
              <th>{t('quotes.edition', { edition: record.edition ?? 2 })}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ kind, before, after, fields }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows never change while they stand
              <tr key={at} className={`compared ${kind}`}>
                <td>
                  {kind !== 'same' && <span className={`tag ${TONES[kind]}`}>{t(`quotes.${kind}`)}</span>}
                </td>
                <td>{before && <Side entity={line} line={before} marked={fields} />}</td>
                <td>{after && <Side entity={line} line={after} marked={fields} />}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('quotes.total')}</th>
              <td>{total(data)}</td>
              <td>
                <b>{total(record)}</b>
              </td>
            </tr>
          </tbody>
        </table>
      </div>
    </div>
  );
}

const TONES = { added: 'song', removed: 'zhu', changed: 'teng' } as const;

function Side({
  entity,
  line,
  marked,
}: {
  entity: MetaEntity;
  line: ComparedLine;
  marked: readonly string[];
}) {
  const rules = lineRulesOf(entity);
  return COMPARED.map((name) => {
    const field = fieldOf(entity, name);
    if (!field || !(name in line)) return null;
    const text = rules?.text(name, line[name]) ?? valueText(field, line[name] ?? null);
    if (!text) return null;
    const words = name === 'name' ? text : `${rules?.label(name) ?? field.label} ${text}`;
    return marked.includes(name) ? <mark key={name}>{words} </mark> : <span key={name}>{words} </span>;
  });
}
