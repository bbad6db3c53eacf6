import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import type { Link } from '../../../web/api/types.ts';
import type { Row } from '../../../web/lines/rows.ts';
import type { NoteProps } from '../../../web/lines/rules.ts';
import { partOf } from './offered.ts';

interface Part {
  part: Link | null;
  optional: boolean | null;
  alternatives: Link[] | null;
}

/** What a bundle lets people choose: parts it can do without, and what may be taken in place of others. */
function useChoices(bundle: string | undefined): readonly Part[] {
  const readable = useMeta().entity('bundlePart')?.actions.includes('read') ?? false;
  const { data } = useQuery({
    queryKey: ['short', 'bundle-parts', 'choices', bundle],
    enabled: readable && bundle !== undefined,
    queryFn: () =>
      get<{ items: Part[] }>('/bundle-parts', {
        filter: { field: 'bundle', op: 'eq', value: bundle },
        limit: 100,
      }),
  });
  return data?.items ?? [];
}

/** Beneath a part what may be done with it, beneath its bundle what may be added. */
export function PartNote({ rows, at, replace }: NoteProps) {
  const row = rows[at] as Row;
  const whole =
    row.bundled === 'part' ? rows.slice(0, at).findLastIndex(({ bundled }) => bundled === 'whole') : at;
  const head = rows[whole];
  if (!row.bundled || !head) return null;
  const end = rows.slice(whole + 1).findIndex(({ bundled }) => bundled !== 'part');
  const beneath = rows.slice(whole + 1, end < 0 ? rows.length : whole + 1 + end);
  const props = {
    bundle: (head.product as Link | null)?.id,
    beneath,
    set: (parts: Row[]) => replace(whole, parts),
  };
  return row.bundled === 'whole' ? <Missing {...props} /> : <Exchange {...props} row={row} />;
}

interface Choosing {
  bundle: string | undefined;
  beneath: readonly Row[];
  set(parts: Row[]): void;
}

/** Parts that were left out, to put back. */
function Missing({ bundle, beneath, set }: Choosing) {
  const { t } = useTranslation();
  const taken = new Set(beneath.map(partOf));
  const left = useChoices(bundle).filter(({ part }) => part && !taken.has(part.id));
  return left.map(({ part }) => (
    <button
      key={part?.id}
      type="button"
      className="link line-choice"
      onClick={() => set([...beneath, { product: part, bundled: 'part' }])}
    >
      {t('documents.addPart', { name: part?.title ?? '' })}
    </button>
  ));
}

/** A part to leave out, or to take something else for. */
function Exchange({ bundle, beneath, set, row }: Choosing & { row: Row }) {
  const { t } = useTranslation();
  const own = useChoices(bundle).find(({ part }) => part?.id === partOf(row));
  if (!own) return null;
  const product = row.product as Link;
  const others = [own.part, ...(own.alternatives ?? [])].filter((each): each is Link => each !== null);
  const take = (id: string) => {
    const other = others.find((each) => each.id === id);
    if (!other) return;
    const insteadOf = other.id === own.part?.id ? null : own.part;
    set(
      beneath.map((part) =>
        part === row ? { ...part, product: other, insteadOf, name: null, specification: null } : part,
      ),
    );
  };
  return (
    <span className="line-choice">
      {others.length > 1 && (
        <select
          className="line-input"
          aria-label={t('documents.exchange', { name: String(row.name ?? '') })}
          value={product.id}
          onChange={({ target }) => take(target.value)}
        >
          {others.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      )}
      {own.optional && beneath.length > 1 && (
        <button type="button" className="link" onClick={() => set(beneath.filter((part) => part !== row))}>
          {t('documents.leaveOut', { name: String(row.name ?? '') })}
        </button>
      )}
    </span>
  );
}
