import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client.ts';
import { queryClient } from '../api/query.ts';
import type { Link } from '../api/types.ts';

export interface Comment {
  id: string;
  entity: string;
  recordId: string;
  replyTo: string | null;
  author: Link;
  text: string;
  mentions: Link[];
  createdAt: string;
  editedAt: string | null;
  deleted: boolean;
  mine: boolean;
}

/** The record that is spoken about, by its address. */
export interface Subject {
  plural: string;
  id: string;
}

interface Answer {
  items: Comment[];
  following: boolean;
}

/** What was said about a record, and whether one follows it. */
export const useComments = ({ plural, id }: Subject, enabled = true) =>
  useQuery({
    queryKey: ['comments', id],
    queryFn: () => get<Answer>(`/${plural}/${id}/comments`),
    enabled,
  });

export async function refreshComments(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['comments'] }),
    queryClient.invalidateQueries({ queryKey: ['timeline'] }),
  ]);
}
