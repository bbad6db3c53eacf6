import { useQueries } from '@tanstack/react-query';
import { get } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import type { Filter, Link, ListAnswer, MetaEntity } from '../api/types.ts';
import { isTerm, partsOf } from './filterModel.ts';
import type { NameOf } from './terms.ts';

function referred(
  entity: MetaEntity,
  filter: Filter | null,
  found: Map<string, Set<string>>,
): Map<string, Set<string>> {
  if (!filter) return found;
  if (!isTerm(filter)) {
    for (const part of 'not' in filter ? [filter.not] : partsOf(filter)) referred(entity, part, found);
    return found;
  }
  const field = entity.fields.find((item) => item.name === filter.field);
  if (field?.to && (field.kind === 'reference' || field.kind === 'references')) {
    const ids = found.get(field.to) ?? new Set();
    for (const id of Array.isArray(filter.value) ? filter.value : [filter.value]) if (id) ids.add(String(id));
    found.set(field.to, ids);
  }
  return found;
}

/** Names of the records a filter refers to, asked once for each record type. */
export function useNames(entity: MetaEntity, filter: Filter | null): NameOf {
  const meta = useMeta();
  const wanted = [...referred(entity, filter, new Map())];
  const answers = useQueries({
    queries: wanted.map(([name, ids]) => linksQuery(meta.entity(name)?.plural, [...ids])),
  });
  return (name, id) => {
    const at = wanted.findIndex(([other]) => other === name);
    return answers[at]?.data?.find((item) => item.id === id)?.title ?? '…';
  };
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
