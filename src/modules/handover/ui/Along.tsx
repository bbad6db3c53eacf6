import { useQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import type { TransferSlotProps } from '../../../web/slots.ts';
import './handover.css';

/** Which open work goes along with customers that are given away; all of it unless unticked. */
export function Along({ target, onMore }: TransferSlotProps) {
  const { t } = useTranslation();
  const meta = useMeta();
  const { data } = useQuery({
    queryKey: ['handovers', 'along', target],
    queryFn: () => post<{ items: { entity: string; count: number }[] }>('/customers/open-work', target),
    staleTime: 0,
  });
  const [left, setLeft] = useState<readonly string[]>([]);
  const items = data?.items ?? [];
  const along = items.map((each) => each.entity).filter((name) => !left.includes(name));
  const wish = along.join();
  useEffect(() => onMore(wish ? { along: wish.split(',') } : {}), [wish, onMore]);
  if (items.length === 0) return null;
  return (
    <fieldset className="handover-along">
      <legend className="field-label">{t('handover.along')}</legend>
      {items.map(({ entity: name, count }) => (
        <Checkbox
          key={name}
          checked={!left.includes(name)}
          onChange={(event) =>
            setLeft((held) => (event.target.checked ? held.filter((each) => each !== name) : [...held, name]))
          }
        >
          {meta.entity(name)?.manyLabel ?? name} {count}
        </Checkbox>
      ))}
    </fieldset>
  );
}
