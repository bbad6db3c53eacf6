import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MetaEntity, MetaField, WireRecord } from '../api/types.ts';
import { FieldValue } from '../fields/FieldValue.tsx';
import { isEmpty } from '../fields/format.ts';
import type { DuplicatePair } from './api.ts';
import { Reasons } from './Hits.tsx';

interface Props {
  entity: MetaEntity;
  pair: DuplicatePair;
  now: boolean;
  onFocus(): void;
  onMerge(): void;
  onSay(decision: 'different' | 'later'): void;
}

const MOST_ROWS = 8;
const QUIET = new Set(['name', 'completeness', 'createdBy', 'updatedBy', 'updatedAt', 'department']);
/** They always differ and say little. */
const LAST = new Set(['number', 'createdAt']);

/** Two records side by side: why they may be one, where they differ, and what to do. */
export function PairCard({ entity, pair, now, onFocus, onMerge, onSay }: Props) {
  const { t } = useTranslation();
  const [one, two] = pair.records;
  if (!one || !two) return null;
  const may = [one, two].every(({ can }) => can.update && can.delete);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the page move the mark; a click does the same
    <article
      className={`card pad pair-card ${now ? 'now' : ''}`}
      onClick={onFocus}
      aria-current={now || undefined}
    >
      <header className="pair-head">
        <b className={pair.certainty >= 0.9 ? 'sure' : ''}>{`${Math.round(pair.certainty * 100)}%`}</b>
        <Reasons reasons={pair.reasons} />
      </header>
      <table className="plain-table record-table pair-table">
        <thead>
          <tr>
            <th />
            {[one, two].map((record) => (
              <th key={record.id}>
                <a href={`/r/${entity.plural}/${record.id}`}>{record.title || '—'}</a>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsFor(entity, one, two).map((field) => (
            <tr key={field.name} className={same(one[field.name], two[field.name]) ? '' : 'differs'}>
              <th>{field.label}</th>
              <td>
                <FieldValue field={field} value={one[field.name]} compact />
              </td>
              <td>
                <FieldValue field={field} value={two[field.name]} compact />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="actions">
        <Button type={now ? 'primary' : 'default'} disabled={!may} onClick={onMerge} title="M">
          {t('duplicates.merge')}
        </Button>
        <Button onClick={() => onSay('different')} title="X">
          {t('duplicates.different')}
        </Button>
        <Button type="text" onClick={() => onSay('later')} title="L">
          {t('duplicates.later')}
        </Button>
      </div>
    </article>
  );
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Nothing, or a box that was never ticked. */
const saysNothing = (value: unknown) => isEmpty(value) || value === false;

/** What tells them apart first: fields both or one of them bear, those that differ before those that agree. */
function rowsFor(entity: MetaEntity, one: WireRecord, two: WireRecord): MetaField[] {
  const shown = entity.fields.filter(
    ({ name, internal }) =>
      !internal && !QUIET.has(name) && !(saysNothing(one[name]) && saysNothing(two[name])),
  );
  const rank = ({ name }: MetaField) => (LAST.has(name) ? 2 : same(one[name], two[name]) ? 1 : 0);
  return shown.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_ROWS);
}
