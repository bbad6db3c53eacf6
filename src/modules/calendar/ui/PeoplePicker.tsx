import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';

/** Mine, my team's, or one person's; who has no team is not asked. */
export function PeoplePicker({ value, onChange }: { value: string; onChange: (people: string) => void }) {
  const { t } = useTranslation();
  const { me } = useMeta();
  const { data } = useQuery({
    queryKey: ['agenda-people'],
    queryFn: () => get<{ items: { id: string; name: string }[] }>('/calendar/people'),
  });
  const others = data?.items.filter(({ id }) => id !== me.id) ?? [];
  if (others.length === 0) return null;
  return (
    <Select
      aria-label={t('agenda.whose')}
      value={value}
      onChange={onChange}
      showSearch={{ optionFilterProp: 'label' }}
      style={{ minWidth: 130 }}
      options={[
        { value: 'me', label: t('agenda.mine') },
        { value: 'team', label: t('agenda.team') },
        ...others.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
