import { lookup } from '../entity/lookup.ts';
import { readRecord } from '../entity/records.ts';
import type { Entity } from '../entity/types.ts';
import { readersAmong } from './follow.ts';
import type { Writer } from './write.ts';

export interface Mentionable {
  id: string;
  title: string;
  subtitle: string;
  /** Whether he may read the record; else it would have to be shared with him first. */
  sees: boolean;
}

const MOST = 8;

/** Whom one may mention, by name or pinyin: first those who may read the record. */
export async function mentionable(
  { ctx, services, personContext }: Writer,
  entity: Entity,
  recordId: string,
  q: string | undefined,
): Promise<Mentionable[]> {
  await readRecord(ctx, entity.name, recordId);
  const found = await lookup(ctx, 'user', { q, limit: MOST + 1, among: 'active' });
  const people = found.filter(({ id }) => id !== ctx.principal.userId).slice(0, MOST);
  const seeing = await readersAmong(
    services,
    personContext,
    entity.name,
    recordId,
    people.map(({ id }) => id),
  );
  return people
    .map(({ id, title, subtitle }) => ({ id, title: title ?? '', subtitle, sees: seeing.has(id) }))
    .sort((a, b) => Number(b.sees) - Number(a.sees));
}
