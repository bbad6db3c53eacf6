import { post, url } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { refreshEntity, useShortList } from '../api/records.ts';
import type { MetaEntity, Link as Reference, WireRecord } from '../api/types.ts';

export interface FileRecord {
  id: string;
  name: string;
  size: number;
  mime: string;
  /** Ids of the follow-up, task or promise it came with. */
  cameWith: string[];
  record: WireRecord;
}

export const fileOf = (record: WireRecord): FileRecord => ({
  id: record.id,
  name: (record.name as string | null) ?? record.title,
  size: Number(record.size ?? 0),
  mime: String(record.mime ?? ''),
  cameWith: ['activity', 'task', 'promise'].flatMap(
    (name) => (record[name] as Reference | null | undefined)?.id ?? [],
  ),
  record,
});

/** Files hanging on a record, also those that came with its follow-ups. */
export function useFilesOf(entity: MetaEntity, record: WireRecord): FileRecord[] {
  const attachment = useMeta().entity('attachment');
  const field = entity.children.find((child) => child.entity === 'attachment')?.field;
  const { data } = useShortList(
    attachment && field ? attachment.plural : undefined,
    { filter: { field: field ?? '', op: 'eq', value: record.id }, sort: '-createdAt' },
    100,
  );
  return data?.items.map(fileOf) ?? [];
}

export const contentUrl = (id: string, inline: boolean) =>
  url(`/attachments/${id}/content`, inline ? { inline: 1 } : {});

/** Sends a file with the records it belongs to. */
export async function upload(file: Blob, name: string, on: Record<string, string>): Promise<WireRecord> {
  const form = new FormData();
  for (const [field, id] of Object.entries(on)) form.append(field, id);
  form.append('file', file, name);
  const saved = await post<WireRecord>('/attachments', form);
  refreshEntity('attachments');
  return saved;
}

/** A picture by its content; an SVG is a document like others. */
export const isPicture = (file: FileRecord) => /^image\/(?!svg)/.test(file.mime);
