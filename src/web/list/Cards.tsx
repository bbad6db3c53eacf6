import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { FieldValue } from '../fields/FieldValue.tsx';
import { cardColumns, cardFacts, isPhone } from './cards.ts';
import type { Column } from './columns.ts';
import { leftOut } from './leftOut.ts';
import type { RowCommand } from './rowActions.ts';

interface Props {
  entity: MetaEntity;
  rows: WireRecord[];
  columns: Column[];
  actions: RowCommand[];
  moreToCome: boolean;
  onMore: () => void;
}

/** The list on a phone: name, the first facts, and a call under the thumb. */
export function Cards({ entity, rows, columns, actions, moreToCome, onMore }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => 68,
    overscan: 10,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (moreToCome && last >= rows.length - 30) onMore();
  }, [last, rows.length, moreToCome, onMore]);
  const phone = columns.find(({ field }) => isPhone(field) && field.access !== 'masked');
  const { mark, rest } = cardColumns(columns, entity.title);
  return (
    <div ref={box} className="cards card">
      <ul style={{ height: virtual.getTotalSize() }} aria-label={entity.manyLabel}>
        {items.map((item) => {
          const record = rows[item.index];
          if (!record) return null;
          const number = phone && firstPhone(record[phone.field.name]);
          return (
            <li key={record.id} style={{ transform: `translateY(${item.start}px)` }}>
              <Link to="/r/$plural/$id" params={{ plural: entity.plural, id: record.id }}>
                <b>
                  {record.title || '—'} <LeftOut entity={entity} record={record} />
                </b>
                <small>
                  {cardFacts(rest, record).map(({ field }) => (
                    <span key={field.name}>
                      <FieldText column={field.name} entity={entity} record={record} />
                    </span>
                  ))}
                </small>
              </Link>
              {mark && <FieldValue field={mark.field} value={record[mark.field.name]} compact />}
              {actions.map((action) => (
                <button
                  key={action.key}
                  type="button"
                  className="call"
                  aria-label={t(action.label, { title: record.title })}
                  onClick={() => action.run(record)}
                >
                  {t(action.short)}
                </button>
              ))}
              {number && (
                <a
                  className="call"
                  href={`tel:${number.replace(/[^\d+]/g, '')}`}
                  aria-label={t('call', { number })}
                >
                  ☏
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

const firstPhone = (value: unknown): string | null => {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && !first.includes('*') ? first : null;
};

/** Within a card everything is text: the whole card is one link. */
function FieldText({ entity, column, record }: { entity: MetaEntity; column: string; record: WireRecord }) {
  const field = entity.fields.find((item) => item.name === column);
  if (!field) return null;
  const value = record[column];
  if (field.kind === 'reference') return (value as { title: string | null }).title;
  return <FieldValue field={field} value={value} compact />;
}

function LeftOut({ entity, record }: { entity: MetaEntity; record: WireRecord }) {
  const mark = leftOut(entity, record);
  return mark && <span className="tag">{mark}</span>;
}
