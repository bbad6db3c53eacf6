import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { tellOutside } from '../outside.ts';
import { get } from './client.ts';
import type { Meta, MetaEntity, MetaField } from './types.ts';

/** The record types as the caller may see them, with look-ups by name, plural and field. */
export interface MetaView extends Meta {
  entity(name: string): MetaEntity | undefined;
  byPlural(plural: string): MetaEntity | undefined;
}

export const metaQuery = { queryKey: ['meta'], queryFn: () => get<Meta>('/meta'), staleTime: Infinity };

const Context = createContext<MetaView | null>(null);

export function viewOf(meta: Meta): MetaView {
  const names = new Map(meta.entities.map((entity) => [entity.name, entity]));
  tellOutside(meta.me.outside);
  const plurals = new Map(meta.entities.map((entity) => [entity.plural, entity]));
  return { ...meta, entity: (name) => names.get(name), byPlural: (plural) => plurals.get(plural) };
}

/** Gives its children the meta; shows `waiting` until it is there. */
export function MetaProvider({
  waiting,
  failed,
  children,
}: {
  waiting: ReactNode;
  failed: (error: unknown, again: () => void) => ReactNode;
  children: ReactNode;
}) {
  const { data, error, refetch } = useQuery(metaQuery);
  const view = useMemo(() => (data ? viewOf(data) : null), [data]);
  if (!view) return error ? failed(error, () => void refetch()) : waiting;
  return <Context value={view}>{children}</Context>;
}

export function useMeta(): MetaView {
  const meta = useContext(Context);
  if (!meta) throw new Error('useMeta outside of MetaProvider');
  return meta;
}

export const may = (entity: MetaEntity | undefined, action: MetaEntity['actions'][number]): boolean =>
  !!entity?.actions.includes(action);

export const fieldOf = (entity: MetaEntity, name: string): MetaField | undefined =>
  entity.fields.find((field) => field.name === name);

/** Fields a person sees: in lists, files, filters. */
export const shownFields = (entity: MetaEntity): MetaField[] =>
  entity.fields.filter((field) => !field.internal && field.kind !== 'json');

const SYSTEM = new Set(['createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'number']);

/** Fields a person fills in. An immutable field can be given at creation only. */
export const formFields = (entity: MetaEntity, creating: boolean): MetaField[] =>
  shownFields(entity).filter(
    (field) => field.access === 'write' && !SYSTEM.has(field.name) && (creating || !field.immutable),
  );

export const isSystem = (field: MetaField): boolean => SYSTEM.has(field.name);
