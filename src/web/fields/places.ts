import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client.ts';
import type { MetaEntity, MetaField } from '../api/types.ts';

export interface Place {
  name: string;
  children?: Place[];
}

/** All provinces, cities and districts: fetched once, then kept by the browser. */
export function usePlaces(enabled: boolean) {
  return useQuery({
    queryKey: ['places'],
    queryFn: () => get<Place[]>('/places'),
    staleTime: Infinity,
    enabled,
  });
}

const LEVELS = ['province', 'city', 'district'] as const;

/** The region fields that are edited as one control with `field`: those of the same name stem, in order of level. */
export function regionGroup(entity: MetaEntity, field: MetaField): MetaField[] {
  const stem = stemOf(field);
  return LEVELS.flatMap((level) =>
    entity.fields.filter(
      (other) => other.kind === 'region' && other.level === level && stemOf(other) === stem,
    ),
  );
}

const stemOf = (field: MetaField) => field.name.replace(/(province|city|district)$/i, '');

/** Is this the first field of its region group: the one under which the group's control stands? */
export const leadsRegion = (entity: MetaEntity, field: MetaField): boolean =>
  regionGroup(entity, field)[0]?.name === field.name;
