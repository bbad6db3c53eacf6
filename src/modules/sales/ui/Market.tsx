import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { fieldOf, may, useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity, useShortList } from '../../../web/api/records.ts';
import type { Filter, MoneyValue, Link as Reference } from '../../../web/api/types.ts';
import { moneyText, valueText } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import type { SlotProps } from '../../../web/slots.ts';
import './sales.css';

const MOST = 5;

/** What is known of the market a piece of business stands in: notes on its competitors and products, or on the competitor itself. */
export function Market({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const type = useMeta().entity('marketNote');
  const references = (value: unknown) => (Array.isArray(value) ? (value as Reference[]) : []);
  const about = {
    competitors:
      entity.name === 'competitor'
        ? [{ id: record.id, title: record.title }]
        : references(record.competitors),
    products: references(record.products),
  };
  const parts = (['competitors', 'products'] as const).flatMap((field): Filter[] =>
    about[field].length ? [{ field, op: 'in', value: about[field].map(({ id }) => id) }] : [],
  );
  const filter: Filter = { or: parts };
  const { data } = useShortList(parts.length ? type?.plural : undefined, { filter, sort: '-day' }, MOST);
  if (!type || parts.length === 0 || !data) return null;
  const kind = fieldOf(type, 'kind');
  const add = async () => {
    if (await openCreate(type, about)) refreshEntity(type.plural);
  };
  return (
    <section className="card">
      <header>
        <h2>{t('sales.market')}</h2>
        <span className="fill" />
        {may(type, 'create') && (
          <button type="button" className="link" onClick={() => void add()}>
            {t('sales.addNote')}
          </button>
        )}
      </header>
      <ul className="card-body sales-prices">
        {data.items.map((note) => (
          <li key={note.id}>
            <Link to="/r/$plural/$id" params={{ plural: type.plural, id: note.id }}>
              {note.title}
            </Link>
            <small>
              {[
                note.day,
                note.price ? moneyText(note.price as MoneyValue) : null,
                kind && note.kind ? valueText(kind, note.kind) : null,
                note.source,
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </li>
        ))}
        {data.items.length === 0 && <li className="quiet">{t('sales.noNotes')}</li>}
      </ul>
      {(data.total ?? 0) > data.items.length && (
        <Link className="sales-more" to="/r/$plural" params={{ plural: type.plural }} search={{ filter }}>
          {t('sales.allNotes', { count: data.total ?? 0 })}
        </Link>
      )}
    </section>
  );
}
