import type { Condition, Variable } from '../../../platform/approvals/flow.shared.ts';
import type { SubjectInfo } from '../../../platform/approvals/sheet.shared.ts';
import type { MetaEntity, MetaField } from '../../api/types.ts';
import { say } from '../../i18n/index.ts';
import { operatorKey, type ShownOperator } from '../../list/filterModel.ts';

/** A subject's values as fields, so that conditions are put together by the same parts as filters. */
export const variableEntity = (subject: SubjectInfo): MetaEntity =>
  ({
    name: subject.name,
    plural: subject.name,
    label: subject.label,
    manyLabel: subject.label,
    fields: subject.variables.map(fieldOf),
  }) as unknown as MetaEntity;

const fieldOf = (variable: Variable): MetaField => ({
  name: variable.name,
  kind: variable.kind as MetaField['kind'],
  label: variable.label,
  access: 'write',
  filterable: true,
  ...(variable.options ? { options: variable.options } : {}),
  ...(variable.to ? { to: variable.to } : {}),
});

/** A condition in words, for the card of its branch. Ids of records are counted, not shown. */
export function conditionText(condition: Condition, subject: SubjectInfo): string {
  const join = (parts: Condition[], word: string) =>
    parts
      .map((part) => conditionText(part, subject))
      .filter(Boolean)
      .join(` ${word} `);
  if ('and' in condition) return join(condition.and, say('flows.and'));
  if ('or' in condition) return join(condition.or, say('flows.or'));
  if ('not' in condition) return `${say('flows.not')} ${conditionText(condition.not, subject)}`;
  const variable = subject.variables.find((each) => each.name === condition.field);
  if (!variable) return condition.field;
  return `${variable.label} ${say(operatorKey(fieldOf(variable), condition.op as ShownOperator))} ${valueText(variable, condition.value)}`;
}

function valueText(variable: Variable, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (variable.to && Array.isArray(value)) return say('flows.someOf', { count: value.length });
  const one = (each: unknown) =>
    variable.options?.find((option) => option.value === each)?.label ?? String(each);
  return Array.isArray(value) ? value.map(one).join('、') : typeof value === 'object' ? '' : one(value);
}
