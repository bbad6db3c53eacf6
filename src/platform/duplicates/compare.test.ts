import { describe, expect, it } from 'vitest';
import { declaredRegistry } from '../../app.ts';
import { entityNamed } from '../entity/registry.ts';
import { blockKeys } from './blocks.ts';
import { compare, LEAST } from './compare.ts';
import { profileOf } from './profile.ts';

const registry = declaredRegistry();
const profile = (entity: string, values: Record<string, unknown>) =>
  profileOf(entityNamed(registry, entity), (field) => values[field]);
const company = (values: Record<string, unknown> | string) =>
  profile('customer', { kind: 'company', ...(typeof values === 'string' ? { name: values } : values) });
const person = (values: Record<string, unknown>) => profile('contact', values);

describe('companies that are the same', () => {
  it.each([
    ['杭州海康威视电子有限公司', '杭州 海康威视（电子）有限公司', 'name'],
    ['杭州海康威视电子有限公司', '杭州海康威視電子有限公司', 'name'],
    ['杭州ＡＢＣ电子有限公司', '杭州abc电子有限公司', 'name'],
    ['杭州海康威视电子有限公司', '杭州海康威视电子', 'legalForm'],
    ['杭州海康威视电子有限公司', '杭州海康威视电子股份有限公司', 'legalForm'],
    ['杭州海康威视电子有限公司', '杭州海康威视电子有线公司', 'legalForm'],
    ['杭州海康威视电子有限公司', '海康威视电子有限公司', 'place'],
    ['杭州海康威视电子有限公司', '浙江省杭州市海康威视电子有限公司', 'place'],
    ['杭州海康威视电子有限公司', '杭州海康威视有限公司', 'trade'],
    ['杭州海康威视电子有限公司', '杭州海康威视电子科技有限公司', 'trade'],
    ['杭州海康威视电子有限公司', '海康威视', 'shortName'],
    ['杭州海康威视电子有限公司', '杭州海康', 'shortName'],
    ['杭州海康威视电子有限公司', '海康威视杭州电子有限公司', 'swapped'],
    ['杭州海康威视电子有限公司', '杭州海慷威视电子有限公司', 'homophone'],
    ['杭州海康威视电子有限公司', '杭州海惠威视电子有限公司', 'slip'],
    ['杭州海康威视电子有限公司', '杭州海威康视电子有限公司', 'swapped'],
    ['杭州海康威视电子有限公司', '杭州海康威电子有限公司', 'slip'],
    ['杭州海康威视电子有限公司', '坑州海康威视电子有限公司', 'slip'],
    ['杭州海洋电子有限公司', '杭州海样电子有限公司', 'homophone'],
    ['杭州海洋电子有限公司', '杭州海天电子有限公司', 'slip'],
  ])('%s — %s: %s', (a, b, reason) => {
    const [one, two] = [company(a), company(b)];
    const judged = compare(one, two);
    expect(judged.certainty).toBeGreaterThanOrEqual(LEAST);
    expect(judged.reasons).toContain(reason);
    expect(compare(two, one)).toEqual(judged);
    const keys = new Set(blockKeys('customer', one));
    expect(blockKeys('customer', two).some((key) => keys.has(key))).toBe(true);
  });
});

describe('companies that are others', () => {
  it.each([
    ['杭州海康电子有限公司', '上海海康电子有限公司', 'another city'],
    ['浙江海康电子有限公司', '江苏海康电子有限公司', 'another province'],
    ['杭州海康电子有限公司', '杭州海康电子有限公司上海分公司', 'a branch'],
    ['杭州海康电子有限公司宁波分公司', '杭州海康电子有限公司上海分公司', 'another branch'],
    ['杭州海康电子有限公司', '杭州海康食品有限公司', 'another trade'],
    ['杭州第一汽车有限公司', '杭州第二汽车有限公司', 'another number'],
    ['海洋电子有限公司', '海天电子有限公司', 'short names differ'],
    ['杭州海洋电子有限公司', '杭州海天电子股份有限公司', 'short names differ, and more'],
    ['杭州东方商贸有限公司', '杭州新城商贸有限公司', 'nothing in common'],
  ])('%s — %s: %s', (a, b) => {
    expect(compare(company(a), company(b)).certainty).toBeLessThan(LEAST);
  });

  it('the city of the record counts where the name has none, and is never certain', () => {
    const judged = compare(
      company({ name: '海康电子有限公司', city: '杭州' }),
      company({ name: '海康电子有限公司', city: '上海' }),
    );
    expect(judged.certainty).toBeLessThan(1);
  });

  it('a shared phone is only likely, an equal tax number certain unless it is a branch', () => {
    const tax = '91350100M000100Y43';
    const shared = compare(
      company({ name: '甲乙商贸', phone: '13800001234' }),
      company({ name: '丙丁食品', phone: '138 0000 1234' }),
    );
    expect(shared).toEqual({ certainty: LEAST, reasons: ['phone'] });
    expect(
      compare(company({ name: '甲乙商贸', taxNumber: tax }), company({ name: '丙丁食品', taxNumber: tax }))
        .certainty,
    ).toBe(1);
    const branch = compare(
      company({ name: '海康电子有限公司', taxNumber: tax }),
      company({ name: '海康电子有限公司上海分公司', taxNumber: tax }),
    );
    expect(branch.certainty).toBeLessThan(1);
  });

  it('two valid tax numbers speak against a slip', () => {
    const a = company({ name: '杭州海康威视电子有限公司', taxNumber: '91350100M000100Y43' });
    const b = company({ name: '杭州海抗威视电子有限公司', taxNumber: '330100123456789' });
    expect(compare(a, b).reasons).toContain('otherTax');
    expect(compare(a, b).certainty).toBeLessThan(0.6);
  });
});

describe('people', () => {
  const customer = '01890000-0000-7000-8000-000000000001';
  it.each([
    ['same name at the same customer', { name: '陈芳', customer }, { name: '陳芳', customer }, 1],
    [
      'same name and phone',
      { name: '陈芳', phone: '13800001234' },
      { name: '陈芳', phone: '+86 138 0000 1234' },
      1,
    ],
    ['same sound at the same customer', { name: '王小明', customer }, { name: '王晓明', customer }, 0.75],
    ['a namesake elsewhere', { name: '王伟', customer }, { name: '王伟', phone: '13900001234' }, 0.4],
    ['another person of the house', { name: '王伟', customer }, { name: '李静', customer }, 0],
  ])('%s', (_what, a, b, certainty) => {
    expect(compare(person(a), person(b)).certainty).toBe(certainty);
  });
});
