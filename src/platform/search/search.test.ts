import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, createPool } from '../db/connection.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { containsCondition, searchCondition } from './condition.ts';
import { deleteDocs, upsertDocs } from './documents.ts';
import { searchDocs } from './search.ts';
import type { SearchClass, SearchScope, SearchSource } from './types.ts';

const ALL: SearchClass[] = ['name', 'city', 'phone', 'mail', 'tax', 'number', 'text'];
const id = (number: number) => `0198c0de-0000-7000-8000-${String(number).padStart(12, '0')}`;
const owner = (number: number) => `0198c0de-0002-7000-8000-${String(number).padStart(12, '0')}`;
const department = (number: number) => `0198c0de-0003-7000-8000-${String(number).padStart(12, '0')}`;

const company = (number: number, name: string, more: Partial<SearchSource> = {}): SearchSource => ({
  entity: 'customer',
  id: id(number),
  title: name,
  names: [{ text: name }],
  updatedAt: `2026-01-01T00:00:${String(number % 60).padStart(2, '0')}Z`,
  ...more,
});

const BASE: SearchSource[] = [
  company(1, '杭州海康威视数字技术股份有限公司', {
    cities: ['杭州市'],
    phones: ['13812341234', '0571-88075998'],
    mails: ['zhang.san@hikvision.com'],
    taxNumbers: ['91350100M000100Y43'],
    numbers: ['KH-2026-000123'],
    ownerId: owner(1),
    departmentId: department(1),
  }),
  company(2, '海康科技有限公司', { cities: ['杭州'], ownerId: owner(2), departmentId: department(1) }),
  company(3, '上海海康贸易有限公司', { cities: ['上海'], ownerId: owner(2), departmentId: department(2) }),
  company(4, '杭州银行股份有限公司', { cities: ['杭州'], ownerId: owner(3), departmentId: department(2) }),
  company(5, '重庆小面餐饮管理有限公司', { cities: ['重庆'], ownerId: owner(3) }),
  company(6, 'Acme Corporation', { phones: ['+1 415 555 0100'], ownerId: owner(3) }),
  company(7, 'TCL科技集团股份有限公司', { ownerId: owner(3) }),
  company(8, '臺灣積體電路製造股份有限公司', { ownerId: owner(3) }),
  company(9, '乾元（北京）咨询中心', { ownerId: owner(3) }),
  company(10, '海（杭）康食品厂', { ownerId: owner(3), texts: ['重点客户：春节前回访'] }),
  company(11, '江苏𠮷野实业有限公司', { ownerId: owner(3) }),
  company(12, '绿地略阳农产品合作社', { cities: ['无锡'], ownerId: owner(3) }),
  {
    entity: 'contact',
    id: id(101),
    title: '单雄信',
    names: [{ text: '单雄信', person: true }],
    phones: ['13900001111'],
    ownerId: owner(1),
  },
  {
    entity: 'contact',
    id: id(102),
    title: '尉迟恭',
    names: [{ text: '尉迟恭', person: true }],
    ownerId: owner(2),
  },
];

let database: TestDatabase;
// biome-ignore lint/suspicious/noExplicitAny: the tests read search_doc alone.
let db: Kysely<any>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(createPool(database.url, { max: 2 }));
  await upsertDocs(db, BASE);
});
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

interface Asked {
  entity?: string;
  scope?: SearchScope;
  classes?: SearchClass[];
}
const find = async (q: string, { entity = 'customer', scope = { all: true }, classes = ALL }: Asked = {}) => {
  const { groups } = await searchDocs(db, { q, entities: [{ entity, scope, classes }] });
  return groups[0] ?? { entity, items: [], total: 0, totalIsExact: true };
};
const numbers = async (q: string, asked?: Asked) =>
  (await find(q, asked)).items.map((item) => Number(item.id.slice(-6)));

describe('what is typed finds what is meant', () => {
  it.each([
    ['part of a name', '海康', [2, 3, 1]],
    ['one character', '康', [2, 10, 1, 3].sort()],
    ['across own name and trade', '康威视数', [1]],
    ['full pinyin', 'haikangweishi', [1]],
    ['a syllable not typed out', 'haikangwe', [1]],
    ['initials', 'hkws', [1]],
    ['initials from the city on, in the name or beside it', 'hzhk', [1, 2]],
    ['initials of the city and all of a name', 'hzhkkj', [2]],
    ['full pinyin of a short city and a name', 'wuxilvdi', [12]],
    ['initials of a city elsewhere', 'shhkkj', []],
    ['pinyin before characters', 'hangzhou海康', [1, 2]],
    ['initials before characters', 'hz海康', [1, 2]],
    ['pinyin, then initials', 'hangzhouhk', [1, 2]],
    ['characters, then initials', '海康ws', [1]],
    ['zh as an initial', 'hzhouhk', [1]],
    ['polyphonic, usual', 'chongqing', [5]],
    ['polyphonic, other', 'zhongqing', [5]],
    ['ü typed v', 'lvdi', [12]],
    ['lüe typed lue', 'ludilueyang', [12]],
    ['a reading that simplifying would lose', 'qianyuan', [9]],
    ['two words, any order', '海康 杭州', [2, 1]],
    ['two words, any order', '杭州 海康', [2, 1]],
    ['city by pinyin', '海康 shanghai', [3]],
    ['full name of the city', '海康 上海市', [3]],
    ['own name and legal form', '海康 有限公司', [2, 3, 1]],
    ['into the legal form', '海康科技有', [2]],
    ['into the legal form by pinyin', 'haikangkejiyouxian', [2]],
    ['into the legal form by initials', 'hkkjy', [2]],
    ['with the legal form by initials', 'hkkjyxgs', [2]],
    ['traditional finds simplified', '海康威視', [1]],
    ['simplified finds traditional', '台湾积体', [8]],
    ['full width', 'ＴＣＬ', [7]],
    ['Latin and characters', 'tcl科技', [7]],
    ['Latin and initials', 'tclkj', [7]],
    ['beginning of a Latin word', 'corp', [6]],
    ['inside a Latin word', 'porat', [6]],
    ['two Latin words', 'corporation acme', [6]],
    ['rare characters', '𠮷野', [11]],
    ['brackets are nothing', '乾元北京', [9]],
    ['inside a phone', '1234', [1]],
    ['landline', '88075998', [1]],
    ['phone with spaces', '138 1234 1234', [1]],
    ['phone with country', '+86-13812341234', [1]],
    ['foreign phone', '5550100', [6]],
    ['mail', 'zhang.san@hikvision.com', [1]],
    ['fragment of a mail', 'san@hik', [1]],
    ['inside the word of a mail', 'kvisi', [1]],
    ['tax number', '91350100M000100Y43', [1]],
    ['organisation code of a tax number', 'M000100Y4', [1]],
    ['number', 'KH-2026-000123', [1]],
    ['end of a number', '0123', [1]],
    ['other text', '春节 回访', [10]],
    ['nothing', '   ', []],
    ['what nobody bears', '不存在', []],
    ['signs of the query language', "' & | ! ( ) :* \\ %_", []],
  ])('%s: %s', async (_what, q, expected) => {
    const found = await numbers(q);
    expect(q === '康' ? found.toSorted() : found).toEqual(expected);
  });

  it.each([
    ['shanxiongxin', [101]],
    ['danxiongxin', [101]],
    ['sxx', [101]],
    ['yuchigong', [102]],
    ['weichi', [102]],
    ['单', [101]],
  ])('persons: %s', async (q, expected) => expect(await numbers(q, { entity: 'contact' })).toEqual(expected));

  it('does not take characters apart for side by side', async () => {
    // 海（杭）康 holds 海 and 康 and even both initials, but not 海康.
    expect(await numbers('海康')).not.toContain(10);
  });
});

describe('order and answer', () => {
  it('puts the own name before the place', async () => {
    expect((await numbers('杭州'))[0]).toBe(4);
  });

  it('puts what is typed out before what may become it', async () => {
    await upsertDocs(db, [company(930, '科虹'), company(931, '科技之星')]);
    const found = await numbers('keji');
    expect(found.indexOf(931)).toBeLessThan(found.indexOf(930));
    await deleteDocs(db, 'customer', [id(930), id(931)]);
  });

  it('marks what matched, also by pinyin', async () => {
    const marked = async (q: string) => {
      const [item] = (await find(q)).items;
      return item?.matched.map((match) =>
        match.ranges.map(([from, to]) => match.text.slice(from, to)).join('+'),
      );
    };
    expect(await marked('海康威视')).toEqual(['海康威视']);
    expect(await marked('hkws')).toEqual(['海康威视']);
    expect(await marked('haikangw')).toEqual(['海康威']);
    expect(await marked('威视 杭州')).toEqual(['杭州+威视']);
    expect(await marked('jitidianlu')).toEqual(['積體電路']);
    expect(await marked('qyb')).toEqual(['乾元（北']);
    expect(await marked('𠮷野')).toEqual(['𠮷野']);
    expect(await marked('88075998')).toEqual(['88075998']);
  });

  it('counts exactly and groups by kind in the order asked for', async () => {
    const everything = { scope: { all: true } as const, classes: ALL };
    const { groups } = await searchDocs(db, {
      q: 'x',
      entities: [
        { entity: 'contact', ...everything },
        { entity: 'customer', ...everything },
      ],
    });
    expect(groups.map((group) => [group.entity, group.totalIsExact])).toEqual([
      ['contact', true],
      ['customer', true],
    ]);
    const { total, items } = await find('有限公司');
    expect([total, items.length]).toEqual([8, 8]);
  });
});

describe('nothing beyond what the searcher may see', () => {
  it.each<[string, SearchScope, number[]]>([
    ['own records', { owners: [owner(2)] }, [2, 3]],
    ['a department', { departments: [department(1)] }, [2, 1]],
    ['own and department', { owners: [owner(2)], departments: [department(1)] }, [2, 3, 1]],
    ['one record shared', { recordIds: [id(1)] }, [1]],
    ['own and shared, each once', { owners: [owner(2)], recordIds: [id(1), id(2)] }, [2, 3, 1]],
    ['nothing', {}, []],
    ['somebody else', { owners: [owner(9)] }, []],
  ])('%s', async (_what, scope, expected) => {
    const found = await find('海康', { scope });
    expect(found.items.map((item) => Number(item.id.slice(-6)))).toEqual(expected);
    expect(found.total).toBe(expected.length);
    const byForm = await find('有限公司', { scope });
    expect(byForm.total).toBe(byForm.items.length);
    expect(byForm.items.every((item) => expected.includes(Number(item.id.slice(-6))))).toBe(true);
  });

  it.each<[string, SearchClass]>([
    ['13812341234', 'phone'],
    ['zhang.san@hik', 'mail'],
    ['91350100M0', 'tax'],
    ['春节', 'text'],
    ['KH-2026', 'number'],
  ])('%s is not found without the class %s', async (q, hidden) => {
    expect(await numbers(q)).not.toEqual([]);
    expect(await numbers(q, { classes: ALL.filter((kind) => kind !== hidden) })).toEqual([]);
    expect(await numbers(q, { classes: [] })).toEqual([]);
  });

  it('does not combine with a city that may not be read', async () => {
    expect(await numbers('海康 杭州', { classes: ['name'] })).toEqual([1]);
  });
});

describe('keeping the index', () => {
  it('writes only what has changed', async () => {
    expect(await upsertDocs(db, BASE)).toBe(0);
    const moved = { ...BASE[1]!, ownerId: owner(5) };
    expect(await upsertDocs(db, [BASE[0]!, moved, moved])).toBe(1);
    expect(await numbers('海康', { scope: { owners: [owner(5)] } })).toEqual([2]);
    expect(await upsertDocs(db, [BASE[1]!])).toBe(1);
  });

  it('forgets what is deleted, and what its transaction takes back', async () => {
    await upsertDocs(db, [company(900, '临时公司'), company(901, '临时公司二号')]);
    await deleteDocs(db, 'customer', [id(900)]);
    expect(await numbers('临时')).toEqual([901]);
    await expect(
      db.transaction().execute(async (transaction) => {
        await deleteDocs(transaction, 'customer', [id(901)]);
        throw new Error('taken back');
      }),
    ).rejects.toThrow('taken back');
    expect(await numbers('linshi')).toEqual([901]);
    await deleteDocs(db, 'customer', [id(901)]);
  });

  it('takes any text', async () => {
    const odd = [
      '',
      '\u0000',
      "it's \\ 'quoted'",
      '\ud800',
      '🙂',
      '。。。',
      'a'.repeat(5000),
      '海'.repeat(5000),
    ];
    await upsertDocs(
      db,
      odd.map((name, index) => company(910 + index, name, { texts: [name], phones: [name], mails: [name] })),
    );
    for (const q of odd) await find(q);
    expect(await numbers("it's")).toEqual([912]);
    await deleteDocs(
      db,
      'customer',
      odd.map((_, index) => id(910 + index)),
    );
  });
});

describe('many matches', () => {
  const MANY = 4000;
  beforeAll(async () => {
    const docs = Array.from({ length: MANY }, (_, index) =>
      company(10_000 + index, `青岛众${'一二三四五六七八九十'[index % 10]}机械有限公司`, {
        entity: 'supplier',
        phones: [`1380${String(index).padStart(7, '0')}`],
        ownerId: owner(index % 100),
      }),
    );
    docs.push(company(20_000, '机械', { entity: 'supplier', ownerId: owner(1) }));
    docs.push(company(20_001, '机械之家有限公司', { entity: 'supplier', ownerId: owner(1) }));
    await upsertDocs(db, docs);
  });

  it('finds the exact and the beginning among thousands that hold it', async () => {
    const found = await find('机械', { entity: 'supplier' });
    expect(found.items.slice(0, 2).map((item) => item.title)).toEqual(['机械', '机械之家有限公司']);
    expect(found.totalIsExact).toBe(false);
    expect(found.total).toBeLessThanOrEqual(1000);
    expect((await find('jixie', { entity: 'supplier' })).items[0]?.title).toBe('机械');
    expect((await find('jx', { entity: 'supplier' })).items[0]?.title).toBe('机械');
  });

  it('counts within scope', async () => {
    const found = await find('机械', { entity: 'supplier', scope: { owners: [owner(7)] } });
    expect([found.total, found.totalIsExact]).toEqual([MANY / 100, true]);
  });

  const listed = async (condition: Awaited<ReturnType<typeof searchCondition>>) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from search_doc target where ${condition}`.execute(db);
    return rows[0]?.count;
  };
  const target = { entity: 'supplier', id: sql.ref('target.record_id') };

  it.each([
    ['机械', MANY + 2],
    ['众三', MANY / 10],
    ['qdzs', (MANY / 10) * 3],
    ['1380000123', 10],
    ['机械之家', 1],
    ['有限公司', MANY + 1],
    ['没有', 0],
  ])('as a list condition: %s', async (q, count) => {
    expect(await listed(await searchCondition(db, q, { ...target, classes: ALL }))).toBe(count);
  });

  it('as contains', async () => {
    const contains = (needle: string, kind: SearchClass) =>
      containsCondition(db, needle, { ...target, class: kind });
    expect(await listed(await contains('众三机', 'name'))).toBe(MANY / 10);
    expect(await listed(await contains('司', 'name'))).toBe(MANY + 1);
    expect(await listed(await contains('0000123', 'phone'))).toBe(11);
    expect(await contains('138', 'phone')).toBeUndefined();
    expect(await contains('', 'name')).toBeUndefined();
    expect(await searchCondition(db, ' ', { ...target, classes: ALL })).toBeUndefined();
  });
});
