import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Services } from '../context/services.ts';
import { uuidv7 } from '../db/uuid.ts';
import { problem } from '../errors/problem.ts';
import type { Call, Received } from '../http/route.ts';
import { TableError } from '../tabular/errors.ts';
import { receiveFile } from './upload.ts';

export interface TableFile {
  path: string;
  fields: Record<string, string>;
}

/** Takes in a table that is read at once, for `receive` of a route; `readTableFile` forgets it afterwards. */
export async function receiveTable({
  services,
  request,
}: Pick<Call, 'request'> & { services: Services }): Promise<Received<TableFile>> {
  const { path, fields, digest } = await receiveFile(services, request, uuidv7());
  return { body: { path, fields }, digest, discard: () => forget(path) };
}

/** Reads a table that was taken in; a file that is none is a problem people can read. */
export async function readTableFile<T>({ path }: TableFile, read: (path: string) => Promise<T>): Promise<T> {
  try {
    return await read(path);
  } catch (error) {
    if (error instanceof TableError) throw problem(error.code, { params: error.params });
    throw error;
  } finally {
    await forget(path);
  }
}

const forget = (path: string) => rm(dirname(path), { recursive: true, force: true });
