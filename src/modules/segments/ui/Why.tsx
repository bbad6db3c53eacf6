import { useTranslation } from 'react-i18next';
import { messageOf } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import type { Filter, MetaEntity } from '../../../web/api/types.ts';
import { FieldValue } from '../../../web/fields/FieldValue.tsx';
import { instantText } from '../../../web/fields/format.ts';
import { fieldAt } from '../../../web/list/choices.ts';
import { isRelated, isTerm } from '../../../web/list/filterModel.ts';
import { filterWords, type NameOf } from '../../../web/list/terms.ts';
import { useNames } from '../../../web/list/useNames.ts';
import type { Explained } from '../segment/explain.shared.ts';
import { useExplanation } from './api.ts';

/** Every condition of a segment, whether it is met, and what the record really has. */
export function Why({ entity, segment, record }: { entity: MetaEntity; segment: string; record: string }) {
  const { t } = useTranslation();
  const { data, error } = useExplanation(segment, record);
  if (error) return <p className="segment-bad">{messageOf(error)}</p>;
  if (!data) return <p className="quiet">{t('loading')}</p>;
  return (
    <div className="segment-why">
      {data.kind === 'frozen' && (
        <p className="quiet">
          {t(data.member ? 'segments.onList' : 'segments.notOnList', {
            at: data.refreshedAt ? instantText(data.refreshedAt) : '',
          })}
        </p>
      )}
      {data.tree && <Tree entity={entity} tree={data.tree} />}
    </div>
  );
}

function Tree({ entity, tree }: { entity: MetaEntity; tree: Explained }) {
  const nameOf = useNames(entity, { and: leavesOf(tree) });
  return (
    <ul>
      <Node entity={entity} node={tree} nameOf={nameOf} />
    </ul>
  );
}

const leavesOf = (node: Explained): Filter[] => [
  ...(node.filter ? [node.filter] : []),
  ...(node.parts?.flatMap(leavesOf) ?? []),
];

function Node({ entity, node, nameOf }: { entity: MetaEntity; node: Explained; nameOf: NameOf }) {
  const { t } = useTranslation();
  const words =
    node.kind === 'segment' || node.name !== undefined
      ? t('segments.named', { name: node.name ?? '' })
      : node.filter
        ? filterWords(entity, node.filter, nameOf)
        : t(`segments.node.${node.kind}`);
  return (
    <li>
      <span
        className={`segment-mark ${node.met ? 'yes' : 'no'}`}
        role="img"
        aria-label={t(node.met ? 'segments.met' : 'segments.notMet')}
      >
        {node.met ? '✓' : '✗'}
      </span>
      {words}
      {'value' in node && <Actual entity={entity} node={node} />}
      {node.parts && (
        <ul>
          {node.parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the tree does not change while it is shown
            <Node key={index} entity={entity} node={part} nameOf={nameOf} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** What there really is: the field's value, or what the related records amount to. */
function Actual({ entity, node: { filter, value } }: { entity: MetaEntity; node: Explained }) {
  const { t } = useTranslation();
  const meta = useMeta();
  if (!filter) return null;
  const path = isTerm(filter) ? filter.field : isRelated(filter) ? filter.aggregate?.field : undefined;
  const from = isRelated(filter) ? meta.entity(filter.related) : entity;
  const field = from && path ? fieldAt(meta, from, path) : undefined;
  // What is summed comes as a number in the company's currency, not as an amount with its own.
  const shown =
    field && isRelated(filter) && field.kind === 'money' ? { ...field, kind: 'decimal' as const } : field;
  return (
    <span className="segment-actual">
      {t('segments.actual')}{' '}
      {shown ? (
        <FieldValue field={shown} value={value} />
      ) : (
        t('segments.times', { count: Number(value ?? 0) })
      )}
    </span>
  );
}
