import { useQuery } from '@tanstack/react-query';
import { get, post } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import { currentLanguage } from '../../../web/i18n/index.ts';
import type { Card, GradeName } from '../grade/card.shared.ts';
import type { SchemeDefinition, SchemeKind } from '../scheme/definition.shared.ts';

export interface Measure {
  name: string;
  label: string;
  unit: 'times' | 'days' | 'money' | 'percent' | 'number';
  days: number | null;
  /** Somebody tells it already. */
  available: boolean;
}

export interface GalleryItem {
  name: string;
  title: string;
  kind: SchemeKind;
  grades: GradeName[];
}

export interface Share {
  value: string;
  label: { zh: string; en: string };
  color: GradeName['color'] | null;
  count: number;
  falling: number;
}

export interface Move {
  from: string | null;
  to: string | null;
  count: number;
  samples: string[];
}

interface Tried {
  items: { id: string; title: string; from: string | null; to: string | null; score: number | null }[];
  counts: Record<string, number>;
}

/** Rules as they are asked about before they are saved. */
export interface Asked {
  id: string | null;
  kind: SchemeKind;
  department: string | null;
  definition: SchemeDefinition;
}

export const useMeasures = () =>
  useQuery({
    queryKey: ['grades', 'measures'],
    queryFn: () => get<{ items: Measure[] }>('/grades/measures'),
    select: ({ items }) => items,
  });

export const useGallery = () =>
  useQuery({
    queryKey: ['grades', 'templates'],
    queryFn: () => get<{ items: GalleryItem[] }>('/grades/templates'),
    select: ({ items }) => items,
  });

export const useDistribution = (id: string, version: unknown) =>
  useQuery({
    queryKey: ['grades', 'distribution', id, version],
    queryFn: () => get<{ items: Share[] }>(`/grades/distribution/${id}`),
    select: ({ items }) => items,
  });

export const useCard = (id: string) =>
  useQuery({
    queryKey: ['grades', 'of', id],
    queryFn: ({ signal }) => get<Card>(`/grades/of/${id}`, undefined, signal),
  });

/** What rules would make of some customers; `asked` is their JSON, so that the same question is asked once. */
export const useTried = (asked: string) =>
  useQuery({
    queryKey: ['grades', 'try', asked],
    queryFn: () => post<Tried>('/grades/try', JSON.parse(asked)),
    placeholderData: (old) => old,
    retry: false,
  });

export const nameOf = (label: { zh: string; en: string }): string => label[currentLanguage()];

/** The name of a grade, by its code. */
export const gradeName = (
  grades: readonly Pick<GradeName, 'value' | 'label'>[],
  value: string | null,
): string => {
  const grade = grades.find((each) => each.value === value);
  return grade ? nameOf(grade.label) : (value ?? '—');
};

/** After a change of schemes or grades all that is said of them is asked anew. */
export function refreshGrades(): void {
  refreshEntity('grade-schemes');
  refreshEntity('customers');
  void queryClient.invalidateQueries({ queryKey: ['grades'] });
}
