import type { EntityPolicy } from '../access/policy.ts';
import type { CommandSpec } from '../command/command.ts';
import type { Context } from '../context/context.ts';
import { isCompared } from '../duplicates/rule.ts';
import type { Language } from '../i18n/translations.ts';
import type { MetaEntity, MetaField } from './meta.shared.ts';
import { headOf } from './registry.ts';
import { usualSort } from './sort.ts';
import { ACTIONS, type Entity, type Field } from './types.ts';

/** What `Meta.version` is: it changes with every change of fields, record types, rights or the caller's language. */
export const metaVersion = ({ registry, principal }: Context) =>
  `${registry.version}.${principal.policyVersion}.${principal.language}`;

/** Record types as one caller may know them: in his language, cut to his rights. */
export function metaEntities(
  ctx: Context,
  language: Language,
  commands: readonly CommandSpec[],
): MetaEntity[] {
  return ctx.registry.entities.flatMap((entity) => {
    const policy = ctx.policies.for(entity.name);
    return policy.can('read') ? [metaEntity(ctx, policy, language, commands)] : [];
  });
}

function metaEntity(
  ctx: Context,
  policy: EntityPolicy,
  language: Language,
  commands: readonly CommandSpec[],
): MetaEntity {
  const { entity } = policy;
  const fields = Object.values(entity.fields)
    .filter((field) => policy.right(field.name) !== 'hidden')
    .map((field) => metaField(policy, field, language));
  const children = (ctx.registry.referrers.get(entity.name) ?? []).filter(
    ({ entity: child, field }) => ctx.policies.for(child.name).can('read') && isChildOf(child, field, entity),
  );
  const { leavesOut } = entity.list;
  return {
    name: entity.name,
    plural: entity.plural,
    label: entity.label[language],
    manyLabel: entity.manyLabel[language],
    module: entity.module,
    title: entity.title,
    scope: entity.scope.kind,
    ...(entity.scope.kind === 'child' ? { scopeOf: entity.scope.of } : {}),
    fields,
    list: {
      columns: entity.list.columns.filter((name) => policy.right(name) !== 'hidden'),
      sort: usualSort(policy),
      ...(leavesOut && policy.sees(leavesOut.field) ? { leavesOut } : {}),
    },
    actions: ACTIONS.filter((action) => policy.can(action)),
    commands: commands
      .filter((command) => command.entity === entity.name && command.allowed(ctx))
      .map((command) => ({
        name: command.name,
        label: ctx.registry.words[language][`command.${command.name}`] ?? command.name,
        on: command.on,
      })),
    children: children.map(({ entity: child, field }) => ({ entity: child.name, field: field.name })),
    timeline: ctx.registry.entities.some((other) =>
      other.timeline?.on.some((name) => other.fields[name]?.to === entity.name),
    ),
    ...(entity.parts.length
      ? { parts: entity.parts.map(({ name, entity: part }) => ({ name, entity: part.name })) }
      : {}),
    ...(entity.partOf ? { partOf: headOf(entity) as string } : {}),
    ...(entity.unmergeable ? {} : { mergeable: true }),
    ...(isCompared(entity) ? { compared: true } : {}),
    ...(entity.custom ? { custom: true } : {}),
    ...(entity.icon ? { icon: entity.icon } : {}),
    ...(entity.menu && !(ctx.policies.outsider && entity.outside?.listed === false)
      ? { menu: entity.menu }
      : {}),
  };
}

/** Shown as a tab of the file page: what hangs on the record, not who once touched it. */
function isChildOf(child: Entity, field: Field, parent: Entity): boolean {
  if (field.tab === false || child.partOf) return false;
  if (field.name === 'createdBy' || field.name === 'updatedBy' || field.kind !== 'reference') return false;
  if (parent.name === 'user' || parent.name === 'role') return false;
  return (
    child.scope.kind !== 'child' ||
    child.scope.of === field.name ||
    parent.name !== child.fields[child.scope.of]?.to
  );
}

function metaField(policy: EntityPolicy, field: Field, language: Language): MetaField {
  const right = policy.right(field.name) as MetaField['access'];
  const sees = policy.sees(field.name);
  return {
    name: field.name,
    kind: field.kind,
    label: field.label[language],
    access: right,
    ...(field.required ? { required: true } : {}),
    ...(field.max ? { max: field.max } : {}),
    ...(field.min === undefined ? {} : { min: field.min }),
    ...(field.maxValue === undefined ? {} : { maxValue: field.maxValue }),
    ...(field.options.length
      ? {
          options: field.options.map((option) => ({
            value: option.value,
            label: option[language],
            ...(option.color ? { color: option.color } : {}),
            ...(option.retired ? { retired: true } : {}),
          })),
        }
      : {}),
    ...(field.open ? { open: true } : {}),
    ...(field.to ? { to: field.to } : {}),
    ...(field.level ? { level: field.level } : {}),
    ...(field.hourOf ? { hourOf: field.hourOf } : {}),
    ...(field.default === undefined ? {} : { default: field.default }),
    ...(field.filterable && sees ? { filterable: true } : {}),
    ...(field.sortable && sees && !field.preparing?.includes('sort') ? { sortable: true } : {}),
    ...(field.search && sees ? { searchable: true } : {}),
    ...(field.immutable ? { immutable: true } : {}),
    ...(field.internal ? { internal: true } : {}),
    ...(field.fact ? { fact: true } : {}),
    ...(field.custom ? { custom: true } : {}),
    ...(field.preparing ? { preparing: true } : {}),
    ...(field.group ? { group: field.group } : {}),
    ...(field.quick ? { quick: true } : {}),
    ...(field.insteadOf ? { insteadOf: field.insteadOf } : {}),
    ...(field.help ? { help: field.help[language] } : {}),
  };
}
