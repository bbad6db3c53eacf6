import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Link } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { type Overview, type Preview, sum } from './api.ts';

interface Props {
  overview: Overview;
  preview: Preview;
  /** People the plan names, whether or not it gives them anything. */
  people: readonly Link[];
  onGive: (id: string, to: string | null) => void;
}

/** Each single thing with who gets it; given to another by hand, also to people the rule does not name. */
export function Items({ overview, preview, people, onGive }: Props) {
  const { t } = useTranslation();
  const [more, setMore] = useState<Link[]>([]);
  const names = new Map([...people, ...more].map(({ id, title }) => [id, title ?? '']));
  for (const { id, name } of preview.receivers) names.set(id, name);
  const options = [
    { value: '', label: t('handover.stays') },
    ...[...names].map(([value, label]) => ({ value, label })),
  ];
  const kind = new Map(overview.kinds.map(({ entity, label }) => [entity, label]));
  const all = sum(preview.before);
  return (
    <>
      <label htmlFor="handover-more">{t('handover.more')}</label>
      <ReferencePicker
        id="handover-more"
        to="user"
        among="active"
        noCreate
        many
        value={more}
        onChange={setMore}
      />
      <ul className="handover-items">
        {preview.items.map((item) => (
          <li key={item.id}>
            <span className="handover-who">
              {item.title} <small>{kind.get(item.entity)}</small>
            </span>
            <Select
              size="small"
              aria-label={t('handover.toWhom', { title: item.title })}
              value={item.to ?? ''}
              onChange={(to) => onGive(item.id, to || null)}
              options={options}
            />
          </li>
        ))}
      </ul>
      {preview.items.length < all && (
        <p className="quiet">{t('handover.first', { count: preview.items.length, all })}</p>
      )}
    </>
  );
}
