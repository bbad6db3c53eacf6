import { useQuery } from '@tanstack/react-query';
import { get } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import { currentLanguage } from '../../../web/i18n/index.ts';
import type { ModelCode, ModelDefinition, Stage } from '../model/definition.shared.ts';
import type { Card } from '../stage/card.shared.ts';

export interface Model {
  code: ModelCode;
  active: boolean;
  problem: string | null;
  definition: ModelDefinition;
}

export interface Period {
  since: string;
  until: string;
}

export interface Moves {
  from: string | null;
  to: string;
  count: number;
}

interface Funnel {
  stages: {
    value: string;
    label: Stage['label'];
    color: Stage['color'] | null;
    count: number;
    days: number | null;
  }[];
  moves: Moves[];
}

export const useModels = () =>
  useQuery({
    queryKey: ['lifecycle', 'models'],
    queryFn: () => get<{ items: Model[] }>('/lifecycle/models'),
    select: ({ items }) => items,
  });

export const useFunnel = (code: ModelCode, period: Period) =>
  useQuery({
    queryKey: ['lifecycle', 'funnel', code, period],
    queryFn: () => get<Funnel>(`/lifecycle/funnel/${code}`, { ...period }),
    placeholderData: (old) => old,
  });

export const useMoved = (code: ModelCode, period: Period, { from, to }: Moves) =>
  useQuery({
    queryKey: ['lifecycle', 'moved', code, period, from, to],
    queryFn: () =>
      get<{ items: { id: string; title: string; at: string; evidence: string | null }[] }>(
        `/lifecycle/moved/${code}`,
        { ...period, from, to },
      ),
    select: ({ items }) => items,
  });

export const stagesKey = (id: string) => ['lifecycle', 'of', id];
export const useCard = (id: string) =>
  useQuery({
    queryKey: stagesKey(id),
    queryFn: ({ signal }) => get<Card>(`/lifecycle/of/${id}`, undefined, signal),
  });

export const nameOf = (words: { zh: string; en: string }): string => words[currentLanguage()];

export const stageName = (
  stages: readonly Pick<Stage, 'value' | 'label'>[],
  value: string | null,
): string => {
  const stage = stages.find((each) => each.value === value);
  return stage ? nameOf(stage.label) : (value ?? '—');
};

/** After a move or a change of models all that is said of stages is asked anew. */
export function refreshStages(): void {
  refreshEntity('customers');
  void queryClient.invalidateQueries({ queryKey: ['lifecycle'] });
}
