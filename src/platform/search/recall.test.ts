import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, createPool } from '../db/connection.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { primaryReadings } from '../text/pinyin.ts';
import { searchCondition } from './condition.ts';
import { flushPending, upsertDocs } from './documents.ts';
import { searchDocs } from './search.ts';
import type { SearchSource } from './types.ts';

const ROWS = 20_000;
const SAMPLE = 1000;
const FIRST_PAGE = 20;

const SHORT = readFileSync(new URL('../../../bench/data/short-names.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .filter((name) => /^\p{Script=Han}{2,}$/u.test(name));
/** The first ones are frequent, as in life; 重庆, 厦门 and 长沙 are read otherwise than their characters mostly are. */
const CITIES =
  '上海 北京 深圳 广州 杭州 苏州 成都 宁波 武汉 重庆 南京 天津 青岛 长沙 西安 郑州 厦门 无锡 石家庄 哈尔滨'.split(
    ' ',
  );
const TRADES = '电子 科技 机械 贸易 物流 餐饮管理 建材 医药 食品 信息技术 文化传播 新能源'.split(' ');
const FORMS = '有限公司 有限责任公司 股份有限公司 集团有限公司'.split(' ');

interface Company {
  id: string;
  name: string;
  city: string;
  short: string;
}

/** Company number `index`: the same at every run. */
function companyAt(index: number): Company {
  const share = ((index * 7919) % 10_007) / 10_007;
  const city = CITIES[Math.floor(share ** 2 * CITIES.length)]!;
  const short = SHORT[(index * 13) % SHORT.length]!;
  const trade = TRADES[(index * 5 + Math.floor(index / 97)) % TRADES.length];
  const id = `0198c0de-0000-7000-8000-${String(index).padStart(12, '0')}`;
  return { id, city, short, name: `${city}${short}${trade}${FORMS[index % FORMS.length]}` };
}

const source = ({ id, name, city }: Company): SearchSource => ({
  entity: 'customer',
  id,
  title: name,
  names: [{ text: name }],
  cities: [city],
});

let database: TestDatabase;
// biome-ignore lint/suspicious/noExplicitAny: the test reads search_doc alone.
let db: Kysely<any>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(createPool(database.url, { max: 2 }));
  await upsertDocs(
    db,
    Array.from({ length: ROWS }, (_, index) => source(companyAt(index))),
  );
  await flushPending(db);
});
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const middleOf = (short: string) => {
  const at = Math.floor((short.length - 2) / 2);
  return short.slice(at, at + 2);
};
const initialsOf = (text: string) =>
  primaryReadings(text)
    .map((reading) => reading[0])
    .join('');

async function firstPage(q: string): Promise<string[]> {
  const { groups } = await searchDocs(db, {
    q,
    entities: [{ entity: 'customer', scope: { all: true }, classes: ['name', 'city'] }],
    perEntityLimit: FIRST_PAGE,
  });
  return groups[0]?.items.map((item) => item.id) ?? [];
}

/** Whether the list searched for the same comes to the record on some page. */
async function inList(q: string, id: string): Promise<boolean> {
  const target = { entity: 'customer', classes: ['name', 'city'] as const, id: sql.ref('d.record_id') };
  const { rows } = await sql`select from search_doc d where d.entity = 'customer' and d.record_id = ${id}
    and ${await searchCondition(db, q, target)}`.execute(db);
  return rows.length > 0;
}

describe('of 20,000 companies, each asked for is found, nearly always on the first page', () => {
  const sample = Array.from({ length: SAMPLE }, (_, index) => companyAt((index * 6007) % ROWS));

  // How many may stand behind the first twenty, where as many others fit as well: two or three letters fit hundreds.
  it.each<[string, number, (company: Company) => string]>([
    ['two characters from the middle, then the city', 50, ({ short, city }) => `${middleOf(short)} ${city}`],
    ['the city and two characters from the middle in one', 50, ({ short, city }) => city + middleOf(short)],
    ['initials of the own name', 250, ({ short }) => initialsOf(short)],
    ['initials of city and own name', 50, ({ short, city }) => initialsOf(city + short)],
    ['full pinyin of city and own name', 10, ({ short, city }) => primaryReadings(city + short).join('')],
  ])('%s', async (_what, mostBehind, typed) => {
    const behind: string[] = [];
    const missed: string[] = [];
    const look = async (companies: Company[]) => {
      for (const company of companies) {
        const q = typed(company);
        if ((await firstPage(q)).includes(company.id)) continue;
        const list = (await inList(q, company.id)) ? behind : missed;
        list.push(`${q} → ${company.name}`);
      }
    };
    await Promise.all([look(sample.slice(0, SAMPLE / 2)), look(sample.slice(SAMPLE / 2))]);
    expect(missed).toEqual([]);
    expect(behind.length).toBeLessThanOrEqual(mostBehind);
  });
});
