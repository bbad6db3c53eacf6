import { type CustomKind, TRAITS, type Traits } from '../../platform/customisation/traits.shared.ts';
import { isEmpty } from '../fields/format.ts';
import { type FieldOption, optionsText, readOptions } from './fieldOptions.ts';
import { labelOf, type Words, wordsOf } from './words.ts';

/** A field of the administrator's own, as the API tells it. */
export interface CustomField {
  id: string;
  state: 'ready' | 'indexing' | 'retired';
  entity: string;
  name: string;
  label: Words;
  kind: CustomKind;
  options?: FieldOption[];
  to?: string | null;
  help?: Words | null;
  default?: unknown;
  required?: boolean;
  quick?: boolean;
  unique?: boolean;
  sensitive?: boolean;
  open?: boolean;
  searchable?: boolean;
  filterable?: boolean;
  sortable?: boolean;
  max?: number;
  min?: number;
  maxValue?: number;
}

/** What can be switched on or off, in the order in which it is shown. */
export const SWITCHES = [
  'required',
  'quick',
  'unique',
  'sensitive',
  'searchable',
  'filterable',
  'sortable',
] as const;
export type Switch = (typeof SWITCHES)[number];

/** A field while it is edited: everything there, texts as typed. */
export interface FieldDraft extends Record<Switch, boolean> {
  name: Words;
  help: Words;
  kind: CustomKind;
  /** One line for each option. */
  options: string;
  open: boolean;
  to: string;
  max: number | null;
  min: number | null;
  maxValue: number | null;
  default: unknown;
}

/** What the kind allows; the words of an open choice are found like text. */
export const traitsOf = (kind: CustomKind): Traits => TRAITS[kind];

export const canBe = (kind: CustomKind, name: Switch): boolean => {
  const traits = traitsOf(kind);
  if (name === 'searchable') return traits.search !== null;
  return name === 'filterable' || name === 'sortable' || name === 'unique' ? traits[name] : true;
};

/** A moment or another record is no sensible start; of what must differ there is none. */
export const canHaveDefault = ({ kind, unique }: FieldDraft): boolean =>
  !traitsOf(kind).link && kind !== 'instant' && !unique;

/** Another kind begins with what the kind is good for. */
export const ofKind = (kind: CustomKind): Partial<FieldDraft> => ({
  kind,
  default: null,
  max: null,
  min: null,
  maxValue: null,
  unique: false,
  searchable: canBe(kind, 'searchable'),
  filterable: canBe(kind, 'filterable'),
  sortable: canBe(kind, 'sortable'),
});

const NEW: FieldDraft = {
  name: { zh: '', en: '' },
  help: { zh: '', en: '' },
  kind: 'text',
  options: '',
  open: false,
  to: 'user',
  max: null,
  min: null,
  maxValue: null,
  default: null,
  required: false,
  quick: false,
  unique: false,
  sensitive: false,
  searchable: true,
  filterable: true,
  sortable: true,
};

export function draftOf(field: CustomField | null): FieldDraft {
  if (!field) return NEW;
  const switches = Object.fromEntries(SWITCHES.map((name) => [name, field[name] ?? false]));
  return {
    ...NEW,
    ...(switches as Record<Switch, boolean>),
    name: wordsOf(field.label),
    help: wordsOf(field.help),
    kind: field.kind,
    options: optionsText(field.options),
    open: field.open ?? false,
    to: field.to ?? NEW.to,
    max: field.max ?? null,
    min: field.min ?? null,
    maxValue: field.maxValue ?? null,
    default: field.default ?? null,
  };
}

export const isReady = (draft: FieldDraft): boolean =>
  labelOf(draft.name) !== null &&
  (!traitsOf(draft.kind).options || draft.open || readOptions(draft.options).length > 0);

/** What is sent: only what the kind knows; what was cleared as null, so that it goes. */
export function inputOf(draft: FieldDraft, known: FieldOption[] = []): Record<string, unknown> {
  const { kind, open, max, min, maxValue } = draft;
  const traits = traitsOf(kind);
  const start = canHaveDefault(draft) && !isEmpty(draft.default) ? draft.default : null;
  return {
    label: labelOf(draft.name),
    help: labelOf(draft.help),
    ...Object.fromEntries(SWITCHES.filter((name) => canBe(kind, name)).map((name) => [name, draft[name]])),
    ...(traits.options ? { open, options: namedFor(start, readOptions(draft.options, known)) } : {}),
    ...(traits.longest ? { max } : {}),
    ...(traits.range ? { min, maxValue } : {}),
    default: start,
  };
}

/** What is stored for an option, and for one that is new its name, by which a default can mean it. */
export const storedValue = (option: FieldOption): string => option.value ?? option.label.zh;

/** A new option that is the default needs a value to be named by; the server finds one for the others. */
function namedFor(start: unknown, options: FieldOption[]): FieldOption[] {
  const named = new Set([start].flat());
  return options.map((option) =>
    named.has(storedValue(option)) ? { ...option, value: storedValue(option) } : option,
  );
}
