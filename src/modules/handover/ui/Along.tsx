import { useQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity, undoMass } from '../../../web/api/records.ts';
import type { MassAnswer } from '../../../web/api/types.ts';
import { say } from '../../../web/i18n/index.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import type { TransferSlotProps } from '../../../web/slots.ts';
import './handover.css';

/** Which open work goes along with customers that are given away; all of it unless unticked. */
export function Along({ entity, target, onGive }: TransferSlotProps) {
  const { t } = useTranslation();
  const meta = useMeta();
  const ids = 'ids' in target && target.ids.length <= 200 ? target.ids : null;
  const { data } = useQuery({
    queryKey: ['handovers', 'along', ids],
    queryFn: () => post<{ items: { entity: string; count: number }[] }>('/customers/open-work', { ids }),
    enabled: ids !== null,
    staleTime: 0,
  });
  const [left, setLeft] = useState<readonly string[]>([]);
  const items = data?.items ?? [];
  const along = items.map((each) => each.entity).filter((name) => !left.includes(name));
  const wish = JSON.stringify([ids, along]);
  useEffect(() => {
    const [given, chosen] = JSON.parse(wish) as [string[] | null, string[]];
    if (!given || chosen.length === 0) return onGive(null);
    onGive(async (owner) => {
      try {
        const answer = await post<MassAnswer & { undoIds: string[] }>('/customers/give', {
          ids: given,
          owner,
          along: chosen,
        });
        const refresh = () => {
          refreshEntity(entity.plural);
          for (const name of chosen) refreshEntity(meta.entity(name)?.plural ?? '');
        };
        refresh();
        const undo = async () => {
          for (const id of answer.undoIds.toReversed()) await undoMass(id);
          refresh();
        };
        toast(say('mass.done.transfer', { count: answer.done }), {
          ...(answer.undoIds.length
            ? { action: { label: say('undo'), run: () => void undo().catch(toastError) } }
            : {}),
          ...(answer.failed?.length
            ? { detail: answer.failed[0]?.message ?? answer.failed[0]?.code ?? '' }
            : {}),
        });
        return true;
      } catch (error) {
        toastError(error);
        return false;
      }
    });
  }, [wish, onGive, entity.plural, meta]);
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
