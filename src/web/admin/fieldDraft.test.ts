import { describe, expect, it } from 'vitest';
import {
  type CustomField,
  canHaveDefault,
  draftOf,
  type FieldDraft,
  inputOf,
  isReady,
  ofKind,
} from './fieldDraft.ts';

const label = (zh: string, en = zh) => ({ zh, en });
const draft = (part: Partial<FieldDraft>): FieldDraft => ({
  ...draftOf(null),
  name: { zh: '合同编号', en: '' },
  ...part,
});
const made = (part: Partial<CustomField>): CustomField => ({
  id: '1',
  state: 'ready',
  entity: 'customer',
  name: 'x_field',
  label: label('合同编号'),
  kind: 'text',
  ...part,
});

describe('what is sent for a field', () => {
  it('has only what its kind knows', () => {
    expect(inputOf(draft({ ...ofKind('boolean'), max: 5, min: 1 }))).toEqual({
      label: label('合同编号'),
      help: null,
      required: false,
      quick: false,
      sensitive: false,
      filterable: true,
      default: null,
    });
  });

  it.each<[string, Partial<FieldDraft>, Record<string, unknown>]>([
    ['the longest text', { max: 20 }, { max: 20 }],
    ['a range', { ...ofKind('integer'), min: 0, maxValue: 9 }, { min: 0, maxValue: 9 }],
    ['a default', { default: '待定' }, { default: '待定' }],
    ['no default of a unique field', { default: '待定', unique: true }, { default: null, unique: true }],
    [
      'what it is not good for',
      { searchable: false, sortable: false },
      { searchable: false, sortable: false },
    ],
    [
      'a hint in one language for both',
      { help: { zh: '以 HT 开头', en: '' } },
      { help: label('以 HT 开头') },
    ],
  ])('%s', (_name, part, expected) => {
    expect(inputOf(draft(part))).toMatchObject(expected);
  });

  it('says of what was cleared that it goes', () => {
    const field = made({ help: label('旧的'), max: 20, default: 'x' });
    const cleared = { ...draftOf(field), help: { zh: ' ', en: '' }, max: null, default: null };
    expect(inputOf(cleared)).toMatchObject({ help: null, max: null, default: null });
  });

  it('leaves an unchanged field as it is', () => {
    const field = made({
      label: label('等级', 'Grade'),
      help: label('看规模', 'By size'),
      kind: 'choice',
      options: [{ value: 'a', label: label('甲', 'A') }],
      open: true,
      default: 'a',
      required: true,
      sortable: true,
    });
    const { id, state, entity, name, kind, ...kept } = field;
    expect(inputOf(draftOf(field), field.options)).toMatchObject(kept);
  });

  it('names a new option that is the default, and leaves the others to the server', () => {
    const choice = draft({ ...ofKind('choice'), options: '甲\n乙', default: '乙' });
    expect(inputOf(choice)).toMatchObject({
      default: '乙',
      options: [{ label: label('甲') }, { value: '乙', label: label('乙') }],
    });
  });
});

it.each<[string, Partial<FieldDraft>, boolean]>([
  ['a name in one language', {}, true],
  ['no name', { name: { zh: ' ', en: '' } }, false],
  ['a choice without options', ofKind('choice'), false],
  ['a choice with one', { ...ofKind('choice'), options: '甲' }, true],
  ['an open choice', { ...ofKind('choice'), open: true }, true],
])('%s makes a field ready to be saved: %j → %s', (_name, part, ready) => {
  expect(isReady(draft(part))).toBe(ready);
});

it.each<[FieldDraft['kind'], boolean]>([
  ['text', true],
  ['date', true],
  ['instant', false],
  ['reference', false],
])('%s may have a default: %s', (kind, may) => {
  expect(canHaveDefault(draft(ofKind(kind)))).toBe(may);
});
