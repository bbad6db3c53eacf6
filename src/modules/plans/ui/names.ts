import { useTranslation } from 'react-i18next';
import { ApiError, messageOf } from '../../../web/api/client.ts';
import { fieldOf, useMeta } from '../../../web/api/meta.tsx';
import type { EditLine } from './lines.ts';

export type CutNames = Pick<EditLine, 'product' | 'category' | 'area' | 'channel' | 'partner'>;

/** What a line is for, in words. */
export function useLineName(): (line: CutNames) => string {
  const { t } = useTranslation();
  const channelOf = useChannelName();
  return ({ product, category, area, channel, partner }) => {
    const goods = product ?? category;
    const words = [
      goods && (goods.title ?? t('record.outOfSight')),
      area,
      partner ? (partner.title ?? t('record.outOfSight')) : channel && channelOf(channel),
    ];
    return words.filter(Boolean).join(' · ') || t('planning.all');
  };
}

/** What a channel is called. */
export function useChannelName(): (channel: string) => string {
  const line = useMeta().entity('salesPlanLine');
  const options = (line && fieldOf(line, 'channel')?.options) ?? [];
  return (channel) => options.find(({ value }) => value === channel)?.label ?? channel;
}

/** What the server refused, with the line it is about. */
export function reasonIn(error: unknown, names: readonly string[]): string {
  const errors = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  const texts = errors.map(({ path, message }) => {
    const at = /^lines\.(\d+)/.exec(path)?.[1];
    return at === undefined ? message : `${names[Number(at)] ?? ''}: ${message}`;
  });
  return [...new Set(texts)].slice(0, 5).join(' ') || messageOf(error);
}
