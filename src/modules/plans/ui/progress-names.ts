import { useTranslation } from 'react-i18next';
import type { GroupedBy, Progress, ProgressLine } from '../progress/progress.shared.ts';
import { useChannelName, useLineName } from './names.ts';

/** What lines of the comparison, and the groups they stand in, are called. */
export function useProgressNames({ lines }: Progress) {
  const { t } = useTranslation();
  const nameOf = useLineName();
  const channelOf = useChannelName();
  const link = (id: string | null, title: string | null) => (id === null ? null : { id, title });
  const cutOf = ({ cut, names }: ProgressLine) => ({
    area: cut.area,
    channel: cut.channel,
    product: link(cut.product, names.product),
    category: link(cut.category, names.category),
    partner: link(cut.partner, names.partner),
  });
  const goods = new Map(
    lines.map(({ cut, names }) => [cut.product ?? cut.category ?? '', names.product ?? names.category]),
  );
  return {
    lineName: (line: ProgressLine) => nameOf(cutOf(line)),
    groupName(by: GroupedBy, group: string): string {
      if (group === '') return t('planning.all');
      if (by === 'channel') return channelOf(group);
      return by === 'product' ? (goods.get(group) ?? t('record.outOfSight')) : group;
    },
  };
}
