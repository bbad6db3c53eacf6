import type { Context } from '../context/context.ts';
import { fromColumns } from '../entity/columns.ts';
import { operatorsOf } from '../entity/filter-compare.ts';
import type { FilterOperator } from '../entity/meta.shared.ts';
import { entityNamed } from '../entity/registry.ts';
import { selectRows } from '../entity/select.ts';
import type { Entity, Field, FieldKind } from '../entity/types.ts';
import { translate } from '../i18n/translations.ts';
import type { Condition, Flow, FlowFault, Variable } from './flow.shared.ts';
import { nodesOf } from './flow.shared.ts';
import type { AskedField } from './sheet.shared.ts';
import type { ApprovalSubject } from './subject.ts';

/** What conditions know of the person who begins. */
const STARTER: readonly { name: string; kind: FieldKind; to: string }[] = [
  { name: 'starter', kind: 'reference', to: 'user' },
  // With the departments above it: who is in a team is in its division too.
  { name: 'starter.department', kind: 'references', to: 'department' },
  { name: 'starter.roles', kind: 'references', to: 'role' },
];

const comparable = (field: Field) => field.kind !== 'json' && field.kind !== 'birthday' && !field.internal;

/** The values conditions of a subject's flows may speak of, in the caller's language. */
export function variablesOf(ctx: Context, subject: ApprovalSubject): Variable[] {
  const { language } = ctx.principal;
  const say = (key: string) => translate(ctx.registry.words, language, key);
  const own = (subject.variables ?? []).map((variable): Variable => {
    const key = `approval.${subject.name}.${variable.name}`;
    return {
      name: variable.name,
      label: say(key),
      kind: variable.kind,
      ...(variable.options
        ? { options: variable.options.map((value) => ({ value, label: say(`${key}.${value}`) })) }
        : {}),
      ...(variable.to ? { to: variable.to } : {}),
    };
  });
  const fields = subject.entity
    ? Object.values(entityNamed(ctx.registry, subject.entity).fields)
        .filter((field) => comparable(field) && !own.some(({ name }) => name === field.name))
        .map(
          (field): Variable => ({
            name: field.name,
            label: field.label[language],
            kind: field.kind,
            ...(field.options.length
              ? { options: field.options.map((option) => ({ value: option.value, label: option[language] })) }
              : {}),
            ...(field.to ? { to: field.to } : {}),
          }),
        )
    : [];
  return [...own, ...fields, ...STARTER.map((each) => ({ ...each, label: say(`approval.${each.name}`) }))];
}

/** What is filled in by who begins it by hand. */
export function formOf(ctx: Context, subject: ApprovalSubject): AskedField[] {
  const variables = new Map(variablesOf(ctx, subject).map((variable) => [variable.name, variable]));
  return (subject.variables ?? []).flatMap(({ name, asked }) => {
    const variable = variables.get(name);
    return asked && variable ? [{ ...variable, required: asked === 'required' }] : [];
  });
}

/** Fields of the record that a node may let its approvers change. */
export function editableFields(ctx: Context, subject: ApprovalSubject): Field[] {
  if (!subject.entity) return [];
  return entityNamed(ctx.registry, subject.entity).fieldList.filter(
    (field) =>
      !field.readOnly && !field.immutable && !field.internal && !['owner', 'department'].includes(field.name),
  );
}

/** Comparisons that the kind of a value does not know. */
export function conditionFaults(flow: Flow, variables: readonly Variable[]): FlowFault[] {
  const kinds = new Map(variables.map(({ name, kind }) => [name, kind as FieldKind]));
  const sound = (condition: Condition): boolean => {
    if ('and' in condition) return condition.and.every(sound);
    if ('or' in condition) return condition.or.every(sound);
    if ('not' in condition) return sound(condition.not);
    const kind = kinds.get(condition.field);
    // What is not known at all is named by the check of the flow.
    return !kind || operatorsOf(kind).includes(condition.op as FilterOperator);
  };
  return nodesOf(flow.nodes).flatMap((node) =>
    node.kind === 'branch'
      ? node.branches.flatMap(({ id, when }): FlowFault[] =>
          when && !sound(when) ? [{ node: id, code: 'flow_no_condition' }] : [],
        )
      : [],
  );
}

/** The values of these names, as they are now: of the record, of the subject, of the person who begins. */
export async function submittedValues(
  ctx: Context,
  subject: ApprovalSubject,
  asked: { recordId: string | null; values: Record<string, unknown>; starter: string },
  names: readonly string[],
): Promise<Record<string, unknown>> {
  const entity = subject.entity ? entityNamed(ctx.registry, subject.entity) : null;
  const record = entity && asked.recordId ? await recordValues(ctx, entity, asked.recordId, names) : {};
  const { directory } = ctx.approvals;
  const [departments, roles] = await Promise.all([
    names.includes('starter.department') ? directory.departmentsAbove(ctx, asked.starter) : [],
    names.includes('starter.roles') ? directory.rolesOf(ctx, asked.starter) : [],
  ]);
  const all: Record<string, unknown> = {
    ...record,
    ...asked.values,
    starter: asked.starter,
    'starter.department': departments,
    'starter.roles': roles,
  };
  return Object.fromEntries(names.map((name) => [name, all[name] ?? null]));
}

async function recordValues(
  ctx: Context,
  entity: Entity,
  id: string,
  names: readonly string[],
): Promise<Record<string, unknown>> {
  const fields = names.flatMap((name) => entity.fields[name] ?? []);
  if (fields.length === 0) return {};
  const [row] = await selectRows(ctx, entity, [id], fields);
  return Object.fromEntries(fields.map((field) => [field.name, row ? fromColumns(field, row) : null]));
}
