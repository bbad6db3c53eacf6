import type { ByteRange } from './store.ts';

/**
 * The bytes a `Range` header asks for: null for the whole file (no header, several ranges, another unit), `outside` when
 * nothing of it exists (RFC 9110 §14).
 */
export function parseRange(header: string | undefined, size: number): ByteRange | null | 'outside' {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!parts || (parts[1] === '' && parts[2] === '')) return null;
  if (parts[1] === '') {
    const length = Number(parts[2]);
    return length === 0 ? 'outside' : { from: Math.max(0, size - length), to: size - 1 };
  }
  const from = Number(parts[1]);
  const to = parts[2] === '' ? size - 1 : Math.min(Number(parts[2]), size - 1);
  if (from >= size) return 'outside';
  return to < from ? null : { from, to };
}
