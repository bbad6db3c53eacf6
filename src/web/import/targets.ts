import { formFields, type MetaView, may } from '../api/meta.tsx';
import type { MetaEntity } from '../api/types.ts';
import { say } from '../i18n/index.ts';

/** What a column may become: the fields a person fills in, number and id of known records, and the people's fields. */
export function importTargets(meta: MetaView, entity: MetaEntity): { field: string; label: string }[] {
  const own = formFields(entity, true).map(({ name, label }) => ({ field: name, label }));
  const number = entity.fields.filter((field) => field.name === 'number');
  const contact = meta.entity('contact');
  const root = entity.children.find((child) => child.entity === 'contact')?.field;
  const people =
    contact && root && contact.scopeOf === root && may(contact, 'create')
      ? formFields(contact, true)
          .filter((field) => field.name !== root)
          .map(({ name, label }) => ({ field: `contact.${name}`, label: `${contact.label} · ${label}` }))
      : [];
  return [
    ...own,
    ...number.map(({ name, label }) => ({ field: name, label })),
    { field: 'id', label: say('import.id') },
    ...people,
  ];
}
