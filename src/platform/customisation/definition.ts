import { valueSchema } from '../entity/schema.ts';
import type { ChoiceOption, Entity, Field } from '../entity/types.ts';
import { type FieldProblem, invalid } from '../errors/problem.ts';
import type { FieldPatch, NewField, OptionInput } from './input.ts';
import { nameFrom } from './names.ts';
import type { FieldDefinition } from './rows.ts';
import { type CustomKind, traitsOf } from './traits.shared.ts';

const ROLES = ['searchable', 'filterable', 'sortable', 'unique'] as const;

/** A new field as it will be kept: what is left open is as useful as its kind allows. */
export function newDefinition(input: NewField): FieldDefinition {
  const traits = traitsOf(input.kind);
  return changedDefinition(
    {
      label: input.label,
      searchable: traits.search !== null && (!traits.options || input.open === true),
      filterable: traits.filterable,
      sortable: traits.sortable,
      ...(input.to ? { to: input.to } : {}),
    },
    input,
  );
}

/** A definition with changes. Null takes something away; options left out of a new list are retired, never lost. */
export function changedDefinition(before: FieldDefinition, patch: FieldPatch): FieldDefinition {
  const { options, position, retired, ...rest } = patch;
  const plain = Object.fromEntries(
    Object.entries({ ...before, ...rest }).filter(
      ([key, value]) => value !== undefined && value !== null && key in DEFINED,
    ),
  );
  const after = plain as unknown as FieldDefinition;
  return options ? { ...after, options: mergedOptions(before.options ?? [], options) } : after;
}

const DEFINED: Record<keyof FieldDefinition, true> = {
  label: true,
  help: true,
  required: true,
  max: true,
  min: true,
  maxValue: true,
  options: true,
  open: true,
  to: true,
  default: true,
  searchable: true,
  filterable: true,
  sortable: true,
  unique: true,
  sensitive: true,
  group: true,
  quick: true,
};

function mergedOptions(before: readonly ChoiceOption[], given: readonly OptionInput[]): ChoiceOption[] {
  const taken = new Set([...before.map(({ value }) => value), ...given.map(({ value }) => value)]);
  const named = given.map(({ value, label, color, retired }): ChoiceOption => {
    const own = value ?? freeValue(nameFrom(label, 'option'), taken);
    taken.add(own);
    return { value: own, ...label, ...(color ? { color } : {}), ...(retired ? { retired } : {}) };
  });
  const kept = new Set(named.map(({ value }) => value));
  return [
    ...named,
    ...before.filter(({ value }) => !kept.has(value)).map((each) => ({ ...each, retired: true })),
  ];
}

function freeValue(name: string, taken: ReadonlySet<string | undefined>): string {
  for (let count = 1; ; count += 1) {
    const value = count === 1 ? name : `${name}${count}`;
    if (!taken.has(value)) return value;
  }
}

/** Throws `invalid` with everything that its kind cannot be or that contradicts itself. */
export function checkDefinition(kind: CustomKind, spec: FieldDefinition, target: Entity | undefined): void {
  const traits = traitsOf(kind);
  const problems: FieldProblem[] = [];
  const refuse = (path: string, code: string, params?: Record<string, unknown>) =>
    problems.push({ path, code, ...(params ? { params } : {}) });
  const possible = {
    ...traits,
    searchable: traits.search !== null && (!traits.options || spec.open === true),
  };
  for (const role of ROLES) if (spec[role] && !possible[role]) refuse(role, 'not_for_this_kind');
  if (spec.max !== undefined) {
    if (!traits.longest) refuse('max', 'not_for_this_kind');
    else if (spec.max > traits.longest) refuse('max', 'too_large', { max: traits.longest });
  }
  for (const bound of ['min', 'maxValue'] as const) {
    if (spec[bound] === undefined) continue;
    if (!traits.range) refuse(bound, 'not_for_this_kind');
    else if (kind === 'integer' && !isInteger(spec[bound]))
      refuse(bound, 'wrong_type', { expected: 'integer' });
  }
  if (spec.min !== undefined && spec.maxValue !== undefined && spec.min > spec.maxValue) {
    refuse('maxValue', 'too_small', { min: spec.min });
  }
  if (traits.options) checkOptions(spec, refuse);
  else if (spec.options || spec.open) refuse(spec.options ? 'options' : 'open', 'not_for_this_kind');
  if (traits.link && !target) refuse('to', spec.to ? 'unknown_record_type' : 'required');
  if (!traits.link && spec.to) refuse('to', 'not_for_this_kind');
  if (problems.length === 0) checkDefault(kind, spec, refuse);
  if (problems.length) throw invalid(problems);
}

type Refuse = (path: string, code: string, params?: Record<string, unknown>) => void;

const isInteger = (value: number) => Number.isInteger(value) && Math.abs(value) <= 2_147_483_647;

function checkOptions({ options = [], open }: FieldDefinition, refuse: Refuse): void {
  const offered = options.filter((option) => !option.retired);
  if (offered.length === 0 && !open) refuse('options', 'required');
  for (const key of ['value', 'zh', 'en'] as const) {
    const seen = new Set<string>();
    for (const [index, option] of (key === 'value' ? options : offered).entries()) {
      if (seen.has(option[key])) refuse(`options.${index}`, 'option_twice', { option: option[key] });
      seen.add(option[key]);
    }
  }
}

function checkDefault(kind: CustomKind, spec: FieldDefinition, refuse: Refuse): void {
  if (spec.default === undefined) return;
  if (traitsOf(kind).link || spec.unique) {
    refuse('default', 'not_for_this_kind');
    return;
  }
  const { options = [], max, min, maxValue, open } = spec;
  const offered = options.filter((option) => !option.retired);
  const field = { kind, max, min, maxValue, open, options: offered } as unknown as Field;
  if (!valueSchema(field).safeParse(spec.default).success) refuse('default', 'bad_default');
}
