import type { MetaView } from '../api/meta.tsx';
import type { MetaEntity, MetaField, RelatedTerm } from '../api/types.ts';
import { say } from '../i18n/index.ts';
import { filterFields, isRelated, isTerm, type Leaf, newTerm } from './filterModel.ts';

/** What a condition can be about: a field, a field over a reference, related records, segments. */
export interface Choice {
  /** `city`, `customer.city`, `activity@customer`, `segment@`. */
  value: string;
  label: string;
}

export interface ChoiceGroup {
  label: string;
  options: Choice[];
}

/** Lists that people know by name only; their own fields would lengthen the menu for nothing. */
const NAMED_ONLY = new Set(['user', 'department', 'tag']);
const SEGMENT = 'segment@';

/** All that a condition on a record type can be about, in groups. */
export function choicesOf(meta: MetaView, entity: MetaEntity, related: boolean): ChoiceGroup[] {
  const own = filterFields(entity).map((field) => ({ value: field.name, label: field.label }));
  const ways = filterFields(entity).filter(
    (field) => field.kind === 'reference' && field.to && !NAMED_ONLY.has(field.to),
  );
  const groups: ChoiceGroup[] = [{ label: entity.label, options: own }];
  if (related) {
    const options = relatedOf(meta, entity).map(([other, via]) => ({
      value: `${other.name}@${via.name}`,
      label: relatedLabel(meta, entity, other, via),
    }));
    if (options.length) groups.push({ label: say('filter.relatedGroup'), options });
  }
  if (meta.entity('segment') && SEGMENTED.has(entity.name))
    groups.push({
      label: meta.entity('segment')?.label ?? '',
      options: [{ value: SEGMENT, label: meta.entity('segment')?.label ?? '' }],
    });
  for (const way of ways) {
    const target = meta.entity(way.to ?? '');
    if (!target) continue;
    groups.push({
      label: say('filter.over', { field: way.label }),
      options: filterFields(target).map((field) => ({
        value: `${way.name}.${field.name}`,
        label: `${way.label} · ${field.label}`,
      })),
    });
  }
  return groups.filter(({ options }) => options.length > 0);
}

/** The record types of which there are segments. */
const SEGMENTED = new Set(['customer', 'contact']);

/** The record types that refer to this one, each with the field by which it does. */
function relatedOf(meta: MetaView, entity: MetaEntity): [MetaEntity, MetaField][] {
  return meta.entities.flatMap((other) =>
    filterFields(other)
      .filter(
        (field) =>
          (field.kind === 'reference' || field.kind === 'references') &&
          field.to === entity.name &&
          !field.fact,
      )
      .map((field): [MetaEntity, MetaField] => [other, field]),
  );
}

/** The name of the related type; where it leads here by several fields, also by which. */
export function relatedLabel(meta: MetaView, entity: MetaEntity, other: MetaEntity, via: MetaField): string {
  const several = relatedOf(meta, entity).filter(([each]) => each.name === other.name).length > 1;
  return several || other.name === entity.name ? `${other.label} (${via.label})` : other.label;
}

/** The choice a condition stands for. */
export function choiceOf(leaf: Leaf): string {
  if (isTerm(leaf)) return leaf.field;
  return isRelated(leaf) ? `${leaf.related}@${leaf.via}` : SEGMENT;
}

/** A new condition about what was chosen. */
export function leafFor(meta: MetaView, entity: MetaEntity, choice: string): Leaf | null {
  if (choice === SEGMENT) return { segment: '' };
  const [related, via] = choice.split('@');
  if (related && via) return { related, via, op: 'gte', value: 1 };
  const field = fieldAt(meta, entity, choice);
  return field ? { ...newTerm(field), field: choice } : null;
}

/** The field a path leads to: `customer.city` is the city of the customer, named so. */
export function fieldAt(
  meta: Pick<MetaView, 'entity'>,
  entity: MetaEntity,
  path: string,
): MetaField | undefined {
  const [name = '', ...rest] = path.split('.');
  const field = entity.fields.find((item) => item.name === name);
  if (!field || rest.length === 0) return field;
  const target = meta.entity(field.to ?? '');
  const last = target && fieldAt(meta, target, rest.join('.'));
  return last && { ...last, label: `${field.label} · ${last.label}` };
}

export type AggregateName = NonNullable<RelatedTerm['aggregate']>['fn'];
export const AGGREGATES: readonly AggregateName[] = ['count', 'sum', 'avg', 'min', 'max'];

/** The fields that can be taken together in this way. */
export function aggregatedFields(entity: MetaEntity, fn: AggregateName): MetaField[] {
  const numeric = ['integer', 'decimal', 'money'];
  const kinds = fn === 'min' || fn === 'max' ? [...numeric, 'date', 'instant'] : numeric;
  return filterFields(entity).filter((field) => kinds.includes(field.kind) && !field.fact);
}
