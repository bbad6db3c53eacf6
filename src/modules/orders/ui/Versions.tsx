import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { fieldOf, useMeta } from '../../../web/api/meta.tsx';
import type { MetaEntity, MoneyValue, WireRecord } from '../../../web/api/types.ts';
import { instantText, moneyText, valueText } from '../../../web/fields/format.ts';
import { FailedPage } from '../../../web/shell/StatusPage.tsx';
import { lineRulesOf, type SlotProps } from '../../../web/slots.ts';
import { changedFields, PARTS, type Part, rowsOf } from './versions.ts';

interface Version {
  revision: number;
  at: string;
  by: string | null;
  reason: string | null;
  record: WireRecord;
}

/** A contract as it was agreed each time, newest first, and what was new in it; what stands there is what was in force. */
export function Versions({ record }: SlotProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: ['short', 'contracts', 'versions', record.id, record.version],
    retry: false,
    queryFn: () => get<{ items: Version[] }>(`/contracts/${record.id}/versions`),
  });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return null;
  if (data.items.length === 0) return <p className="quiet">{t('orders.noVersions')}</p>;
  return data.items.map(({ revision, at, by, reason, record: agreed }, place) => {
    const before = data.items[place + 1]?.record;
    return (
      <details key={revision} className="card pad" open={place === 0}>
        <summary>
          <strong>{t('orders.version', { revision })}</strong>{' '}
          {agreed.total ? moneyText(agreed.total as MoneyValue) : ''}{' '}
          <span className="quiet">{[instantText(at), by, reason].filter(Boolean).join(' · ')}</span>
        </summary>
        <ul>
          {before && <Head before={before} after={agreed} />}
          <Rows part="lines" of="contractLine" before={before} after={agreed} />
          <Rows part="instalments" of="contractInstalment" before={before} after={agreed} />
        </ul>
      </details>
    );
  });
}

/** What was agreed otherwise before: as it was, and as it is. */
function Head({ before, after }: { before: WireRecord; after: WireRecord }) {
  const contract = useMeta().entity('contract');
  return changedFields(before, after).map((name) => {
    const field = contract && fieldOf(contract, name);
    if (!field) return null;
    const text = (of: WireRecord) => valueText(field, of[name] ?? null) || '—';
    return (
      <li key={name}>
        <Mark kind="changed" /> {field.label} <del>{text(before)}</del> <ins>{text(after)}</ins>
      </li>
    );
  });
}

function Rows({
  part,
  of,
  before,
  after,
}: {
  part: Part;
  of: string;
  before: WireRecord | undefined;
  after: WireRecord;
}) {
  const { t } = useTranslation();
  const entity = useMeta().entity(of);
  if (!entity) return null;
  return rowsOf(part, before, after).map(({ row, kind }) => {
    const money = (part === 'lines' ? row.gross : row.amount) as MoneyValue | null | undefined;
    const words = part === 'lines' ? lineWords(entity, row) : instalmentWords(entity, row, t);
    return (
      <li key={`${kind} ${row.id}`}>
        {kind !== 'same' && <Mark kind={kind} />} {kind === 'removed' ? <del>{words}</del> : words}{' '}
        {money && kind !== 'removed' ? moneyText(money) : ''}
        {part === 'instalments' && row.dueOn && kind !== 'removed' ? ` · ${row.dueOn}` : ''}
      </li>
    );
  });
}

const TONES = { added: 'song', removed: 'zhu', changed: 'teng' } as const;

function Mark({ kind }: { kind: keyof typeof TONES }) {
  const { t } = useTranslation();
  return <span className={`tag ${TONES[kind]}`}>{t(`orders.version.${kind}`)}</span>;
}

/** A line in words: numbers bear the names of their fields. */
function lineWords(entity: MetaEntity, row: WireRecord): string {
  const rules = lineRulesOf(entity);
  return PARTS.lines
    .flatMap((name) => {
      const field = fieldOf(entity, name);
      const text = field && (rules?.text(name, row[name]) ?? valueText(field, row[name] ?? null));
      if (!field || !text) return [];
      return [PLAIN.has(name) ? text : `${field.label} ${text}`];
    })
    .join(' · ');
}

/** These are understood without a name before them. */
const PLAIN = new Set(['name', 'specification', 'unit', 'discount']);

/** An instalment in words: how much of it all, after what, and how long after. */
function instalmentWords(entity: MetaEntity, row: WireRecord, t: TFunction): string {
  const event = fieldOf(entity, 'event');
  const what = event ? valueText(event, row.event ?? null) : '';
  const when =
    row.event === 'date'
      ? row.day
      : Number(row.days) > 0
        ? t('orders.version.after', { event: what, days: row.days })
        : what;
  return [row.name, `${row.percent}%`, when].filter(Boolean).join(' · ');
}
