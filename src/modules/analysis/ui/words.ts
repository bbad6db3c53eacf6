import type { TFunction } from 'i18next';
import type { AggregateSpec, GroupSpec, ValueSpec } from '../../../platform/analysis/query.shared.ts';
import type { MetaEntity } from '../../../web/api/types.ts';
import { choiceAt, type Entities } from './model.ts';

const nameOf = (meta: Entities, entity: MetaEntity, path: string | undefined) =>
  path ? (choiceAt(meta, entity, path)?.label ?? path) : '';

/** What a group is called. */
export function groupWords(
  t: TFunction,
  meta: Entities,
  entity: MetaEntity,
  { field, by, cuts }: GroupSpec,
): string {
  const name = nameOf(meta, entity, field);
  return by ? `${name} · ${t(`analysis.parts.${by}`)}` : cuts ? `${name} · ${t('analysis.ranges')}` : name;
}

function aggregateWords(t: TFunction, meta: Entities, entity: MetaEntity, spec: AggregateSpec): string {
  const name = spec.fn === 'count' ? entity.label : nameOf(meta, entity, spec.field);
  const words = spec.since
    ? t('analysis.daysFrom', {
        fn: t(`analysis.fns.${spec.fn}`),
        since: nameOf(meta, entity, spec.since),
        name,
      })
    : t(`analysis.told.${spec.fn}`, { name });
  return spec.where ? t('analysis.some', { words }) : words;
}

/** What a number is called. */
export function valueWords(t: TFunction, meta: Entities, entity: MetaEntity, spec: ValueSpec): string {
  if (spec.label) return spec.label;
  const words =
    'ratio' in spec
      ? spec.ratio.map((part) => aggregateWords(t, meta, entity, part)).join(' / ')
      : aggregateWords(t, meta, entity, spec);
  return spec.show ? `${words} · ${t(`analysis.shows.${spec.show}`)}` : words;
}
