import { useQueries } from '@tanstack/react-query';
import { get } from '../api/client.ts';
import { type MetaView, useMeta } from '../api/meta.tsx';
import type { Filter, Link, ListAnswer, MetaEntity } from '../api/types.ts';
import { fieldAt } from './choices.ts';
import { isRelated, isSegment, isTerm, partsOf, segmentOf } from './filterModel.ts';
import type { NameOf } from './terms.ts';

/** The ids a filter names, by record type. */
function referred(
  meta: MetaView,
  entity: MetaEntity,
  filter: Filter | null | undefined,
  found: Map<string, Set<string>>,
): Map<string, Set<string>> {
  if (!filter) return found;
  const add = (to: string, values: unknown) => {
    const ids = found.get(to) ?? new Set();
    for (const id of Array.isArray(values) ? values : [values]) if (id) ids.add(String(id));
    found.set(to, ids);
  };
  if (isSegment(filter)) add('segment', segmentOf(filter).id);
  else if (isRelated(filter)) {
    const other = meta.entity(filter.related);
    if (other) referred(meta, other, filter.where, found);
  } else if (isTerm(filter)) {
    const field = fieldAt(meta, entity, filter.field);
    if (field?.to && (field.kind === 'reference' || field.kind === 'references')) add(field.to, filter.value);
  } else for (const part of partsOf(filter)) referred(meta, entity, part, found);
  return found;
}

/** Names of the records a filter refers to, asked once for each record type. */
export function useNames(entity: MetaEntity, filter: Filter | null): NameOf {
  const meta = useMeta();
  const wanted = [...referred(meta, entity, filter, new Map())];
  const answers = useQueries({
    queries: wanted.map(([name, ids]) => linksQuery(meta.entity(name)?.plural, [...ids])),
  });
  const nameOf = (name: string | undefined, id: string) => {
    const at = wanted.findIndex(([other]) => other === name);
    return answers[at]?.data?.find((item) => item.id === id)?.title ?? '…';
  };
  return Object.assign(nameOf, { meta });
}

/** Records by id with their titles, within the caller's rights. */
export function linksQuery(plural: string | undefined, ids: string[]) {
  const sorted = ids.toSorted();
  return {
    queryKey: ['links', plural, sorted.join()],
    enabled: !!plural && sorted.length > 0,
    staleTime: 300_000,
    queryFn: async (): Promise<Link[]> => {
      const answer = await get<ListAnswer>(`/${plural}`, {
        filter: { field: 'id', op: 'in', value: sorted.slice(0, 100) },
        limit: 100,
      });
      return answer.items.map((item) => ({ id: item.id, title: item.title }));
    },
  };
}
