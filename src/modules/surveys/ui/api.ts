import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, post } from '../../../web/api/client.ts';
import { followMass } from '../../../web/api/mass.ts';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity, type Target } from '../../../web/api/records.ts';
import type { WireRecord } from '../../../web/api/types.ts';
import { say } from '../../../web/i18n/index.ts';
import { toast } from '../../../web/shell/toasts.tsx';
import type { Invited, Results, Sheet } from '../results/results.shared.ts';

// Under the key of answers: one that comes in refreshes what counts them.
const resultsKey = (id: string) => ['short', 'survey-answers', 'results', id];

export const useResults = ({ id, version }: WireRecord) =>
  useQuery({
    queryKey: [...resultsKey(id), version],
    queryFn: ({ signal }) => get<Results>(`/surveys/${id}/results`, undefined, signal),
  });

export const useSheets = ({ id, version }: WireRecord) =>
  useInfiniteQuery({
    queryKey: [...resultsKey(id), version, 'sheets'],
    queryFn: ({ signal, pageParam }) =>
      get<{ items: Sheet[]; next: string | null }>(
        `/surveys/${id}/results/answers`,
        pageParam ? { after: pageParam } : {},
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

export const useInvited = (id: string, limit: number) =>
  useQuery({
    queryKey: ['short', 'survey-answers', 'invited', id, limit],
    queryFn: ({ signal }) =>
      get<{ items: Invited[]; next: string | null }>(`/surveys/${id}/invites`, { limit }, signal),
    placeholderData: (before) => before,
  });

/** Opens, closes or copies a survey. */
export async function tellSurvey<T>(id: string, verb: string): Promise<T> {
  const answer = await post<T>(`/surveys/${id}/${verb}`);
  refreshEntity('surveys');
  await queryClient.invalidateQueries({ queryKey: ['record', 'surveys', id] });
  return answer;
}

/** Somebody's own link. */
export const linkFor = (plural: string, id: string, survey: string) =>
  post<{ url: string }>(`/${plural}/${id}/surveyLink`, { survey });

/** Asks the chosen by mail, and says how many will get one. */
export async function askByMail(plural: string, target: Target, survey: string): Promise<void> {
  const answer = await post<{ done: number; left: number } | { jobId: string; id: string }>(
    `/${plural}/surveyMail`,
    { ...target, survey },
  );
  if ('jobId' in answer) followMass(answer.id);
  else
    toast(say('surveys.asked', { count: answer.done }), {
      kind: 'good',
      ...(answer.left ? { detail: say('surveys.askedBefore', { count: answer.left }) } : {}),
    });
  await queryClient.invalidateQueries({ queryKey: ['short', 'survey-answers'] });
}
