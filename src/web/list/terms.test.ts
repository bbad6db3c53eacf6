import { beforeAll, describe, expect, it } from 'vitest';
import { viewOf } from '../api/meta.tsx';
import type { Filter, Meta, MetaEntity, MetaField } from '../api/types.ts';
import { startI18n } from '../i18n/index.ts';
import { choiceOf, choicesOf, fieldAt, leafFor } from './choices.ts';
import {
  group,
  isGroup,
  isLeaf,
  JOINTS,
  type Joint,
  jointOf,
  type Leaf,
  partsOf,
  tidy,
} from './filterModel.ts';
import { filterWords } from './terms.ts';

const field = (name: string, kind: MetaField['kind'], label: string, more: Partial<MetaField> = {}) => ({
  name,
  kind,
  label,
  access: 'write' as const,
  filterable: true,
  ...more,
});
const entity = (name: string, label: string, fields: MetaField[]) =>
  ({ name, plural: `${name}s`, label, manyLabel: label, fields, actions: ['read'] }) as unknown as MetaEntity;
const customer = entity('customer', '客户', [
  field('name', 'text', '名称'),
  field('city', 'region', '城市'),
  field('owner', 'reference', '负责人', { to: 'user' }),
  field('parent', 'reference', '上级公司', { to: 'customer' }),
]);
const activity = entity('activity', '跟进', [
  field('kind', 'choice', '方式', { options: [{ value: 'call', label: '电话' }] }),
  field('occurredAt', 'instant', '时间'),
  field('cost', 'money', '费用'),
  field('customer', 'reference', '客户', { to: 'customer' }),
]);
const segment = entity('segment', '客户细分', [field('name', 'text', '名称')]);
const user = entity('user', '人员', [field('name', 'text', '姓名')]);
const meta = viewOf({ me: {}, entities: [customer, activity, segment, user] } as unknown as Meta);
const nameOf = Object.assign((_entity: string | undefined, id: string) => `〈${id}〉`, { meta });

beforeAll(async () => {
  globalThis.localStorage ??= { getItem: () => null, setItem: () => {} } as unknown as Storage;
  globalThis.document ??= { documentElement: {}, title: '' } as unknown as Document;
  await startI18n('zh');
});

const recent = { field: 'occurredAt', op: 'within', value: { within: { days: 90 } } } as const;
const call = { field: 'kind', op: 'in', value: ['call'] } as const;
const calls = { related: 'activity', via: 'customer' } as const;

describe('a filter in words', () => {
  it.each<[Filter, string]>([
    [{ ...calls, where: recent, op: 'gte', value: 2 }, '最近 90 天跟进 ≥ 2 次'],
    [
      { ...calls, where: { and: [recent, call] }, op: 'gte', value: 2 },
      '最近 90 天跟进（方式 是 电话） ≥ 2 次',
    ],
    [{ ...calls, where: recent, op: 'eq', value: 0 }, '最近 90 天没有跟进'],
    [calls, '有跟进'],
    [{ ...calls, op: 'gte', value: 1 }, '有跟进'],
    [{ ...calls, op: 'between', value: [2, 4] }, '跟进 2 – 4 次'],
    [{ ...calls, aggregate: { fn: 'sum', field: 'cost' }, op: 'gt', value: 500 }, '跟进费用合计 > 500'],
    [
      { ...calls, aggregate: { fn: 'max', field: 'occurredAt' }, op: 'lt', value: '2026-04-01' },
      '最近一次跟进的时间 早于 2026-04-01',
    ],
    [{ related: 'customer', via: 'parent' }, '有客户 (上级公司)'],
    [{ segment: 'a' }, '属于细分 〈a〉'],
    [{ not: { segment: 'a' } }, '不属于细分 〈a〉'],
    [{ field: 'parent.city', op: 'eq', value: '杭州' }, '上级公司 · 城市 是 杭州'],
    [{ not: { or: [calls, { segment: 'a' }] } }, '不是（有跟进 或 属于细分 〈a〉）'],
    [{ and: [calls, { or: [call, call] }] }, '有跟进 且 (kind（没有这个字段） 或 kind（没有这个字段）)'],
  ])('%j', (filter, words) => expect(filterWords(customer, filter, nameOf)).toBe(words));
});

describe('groups', () => {
  it.each(JOINTS.map((joint): [Joint] => [joint]))('%s is written and read back', (joint) => {
    const parts: Filter[] = [calls, { segment: 'a' }];
    const made = group(joint, parts);
    expect([isGroup(made), jointOf(made), partsOf(made)]).toEqual([true, joint, parts]);
  });

  it.each<[Filter, boolean]>([
    [calls, true],
    [{ segment: 'a' }, true],
    [{ not: { segment: 'a' } }, true],
    [{ not: calls }, false],
    [{ and: [] }, false],
  ])('%j is one condition: %s', (filter, leaf) => expect(isLeaf(filter)).toBe(leaf));

  it.each<[Filter, Filter | null]>([
    [{ not: { and: [{ segment: '' }] } }, null],
    [{ not: { or: [calls] } }, { not: { or: [calls] } }],
    [{ not: calls }, { not: { and: [calls] } }],
    [{ ...calls, where: { and: [{ field: 'kind', op: 'in', value: [] }] } }, calls],
    [
      { ...calls, where: { and: [call] }, op: 'gte', value: 2 },
      { ...calls, op: 'gte', value: 2, where: call },
    ],
    [{ ...calls, op: 'gte' }, null],
  ])('%j tidied', (filter, tidied) => expect(tidy(filter)).toEqual(tidied));
});

describe('what a condition can be about', () => {
  const values = (related: boolean) =>
    choicesOf(meta, customer, related).flatMap(({ options }) => options.map(({ value }) => value));
  it('fields, related records, segments, and fields over references', () => {
    expect(values(true)).toEqual([
      'name',
      'city',
      'owner',
      'parent',
      'customer@parent',
      'activity@customer',
      'segment@',
      'parent.name',
      'parent.city',
      'parent.owner',
      'parent.parent',
    ]);
    expect(values(false)).not.toContain('activity@customer');
  });

  it('each makes a condition that stands for it', () => {
    for (const value of values(true)) expect(choiceOf(leafFor(meta, customer, value) as Leaf)).toBe(value);
  });

  it('a path is named by its way', () => {
    expect(fieldAt(meta, activity, 'customer.city')).toMatchObject({ name: 'city', label: '客户 · 城市' });
    expect(fieldAt(meta, activity, 'kind.city')).toBeUndefined();
  });
});
