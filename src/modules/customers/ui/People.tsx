import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity, useShortList } from '../../../web/api/records.ts';
import { openCreate } from '../../../web/form/create.ts';
import { initial } from '../../../web/shell/UserMenu.tsx';
import type { SlotProps } from '../../../web/slots.ts';

const SHOWN = 8;

/** The customer's people: name, post, and a call under the finger. */
export function People({ record }: SlotProps) {
  const { t } = useTranslation();
  const contact = useMeta().entity('contact');
  const { data } = useShortList(
    contact?.plural,
    { filter: { field: 'customer', op: 'eq', value: record.id }, sort: 'name' },
    SHOWN,
  );
  if (!contact) return null;
  const create = async () => {
    const made = await openCreate(contact, { customer: { id: record.id, title: record.title } });
    if (made) refreshEntity(contact.plural);
  };
  const people = data?.items.toSorted((a, b) => rank(a) - rank(b)) ?? [];
  return (
    <section className="card">
      <header>
        <h2>{t('people.title')}</h2>
        <span className="quiet">{data?.total || ''}</span>
        <span className="fill" />
        {may(contact, 'create') && (
          <button type="button" className="link" onClick={() => void create()}>
            {t('people.add')}
          </button>
        )}
      </header>
      <ul className="people">
        {people.map((person) => {
          const phone = person.phone as string | null | undefined;
          return (
            <li key={person.id}>
              <span className="avatar small" aria-hidden>
                {initial(person.title)}
              </span>
              <div className="who">
                <Link to="/r/$plural/$id" params={{ plural: contact.plural, id: person.id }}>
                  {person.title}
                </Link>{' '}
                {person.primary === true && <span className="tag dai">{t('people.primary')}</span>}
                {person.left === true && <span className="tag">{t('people.left')}</span>}
                <small>{[person.jobTitle, person.unit].filter(Boolean).join(' · ')}</small>
              </div>
              {phone &&
                (phone.includes('*') ? (
                  <span className="quiet">{phone}</span>
                ) : (
                  <a href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{phone}</a>
                ))}
            </li>
          );
        })}
        {data?.items.length === 0 && <li className="quiet">{t('people.none')}</li>}
      </ul>
    </section>
  );
}

/** Whom to call first; who has left comes last. */
const rank = (person: Record<string, unknown>) =>
  person.left === true ? 2 : person.primary === true ? 0 : 1;
