import pg from 'pg';
import { type Client, manyClients, oneClient, type Timing } from './measure.ts';
import { companyAt } from './names.ts';

export interface Result {
  operation: string;
  http: Timing & { perSecond?: number };
  raw?: Timing;
  /** HTTP p50 divided by raw SQL's p50. */
  ratio?: number;
  budget?: string;
  met?: boolean;
}

export interface Bench {
  clients: { administrator: Client; salesperson: Client; manager: Client };
  url: string;
  customers: number;
}

const filterOf = (field: string, value: unknown) =>
  encodeURIComponent(JSON.stringify({ and: [{ field, op: 'eq', value }] }));

/** Reading and listing, through HTTP and as the same work in plain SQL over the same columns and indexes. */
export async function readOperations({ clients, url, customers }: Bench): Promise<Result[]> {
  const { administrator, salesperson, manager } = clients;
  const db = new pg.Client(url);
  await db.connect();
  const { rows: samples } = await db
    .query<{ id: string; city: string }>(`select id, city from customer tablesample system_rows(0)`)
    .catch(() => db.query(`select id, city from customer order by id limit 2000`));
  const sample = (index: number) => samples[(index * 37) % samples.length] as { id: string; city: string };
  const results: Result[] = [];
  const add = (operation: string, http: Timing, raw?: Timing, most?: { ratio?: number; p95?: number }) => {
    const ratio = raw ? http.p50 / raw.p50 : undefined;
    const met =
      (most?.ratio === undefined || (ratio ?? 0) <= most.ratio) &&
      (most?.p95 === undefined || http.p95 <= most.p95);
    const budget = [most?.ratio && `≤ ${most.ratio}× SQL`, most?.p95 && `p95 ≤ ${most.p95} ms`]
      .filter(Boolean)
      .join(', ');
    results.push({
      operation,
      http,
      ...(raw ? { raw, ratio } : {}),
      ...(budget ? { budget, met } : {}),
    } as Result);
  };
  add(
    'read by id',
    await oneClient((index) => administrator.get(`/customers/${sample(index).id}`)),
    await oneClient((index) =>
      db.query('select * from customer where id = $1 and deleted_at is null', [sample(index).id]),
    ),
    { ratio: 3 },
  );
  const cities = ['杭州', '上海', '宁波', '青岛', '烟台', '泉州', '成都', '无锡'];
  const city = (index: number) => cities[index % cities.length] as string;
  const LIST =
    'select * from customer where deleted_at is null and city = $1 order by updated_at desc, id desc limit 50';
  const COUNT =
    'select count(*) from (select 1 from customer where deleted_at is null and city = $1 limit 10001) c';
  add(
    'list 50: city, newest first, total',
    await oneClient((index) =>
      administrator.get(
        `/customers?filter=${filterOf('city', city(index))}&sort=-updatedAt&limit=50&count=true`,
      ),
    ),
    await oneClient(async (index) => {
      await db.query(LIST, [city(index)]);
      await db.query(COUNT, [city(index)]);
    }),
    { ratio: 3, p95: 40 },
  );
  add(
    'list 50: all by name',
    await oneClient(() => administrator.get('/customers?sort=name&limit=50')),
    undefined,
    { p95: 40 },
  );
  add(
    'list 50 of a salesperson, total',
    await oneClient(() => salesperson.get('/customers?sort=-updatedAt&limit=50&count=true')),
    undefined,
    { p95: 40 },
  );
  add('today of a salesperson', await oneClient(() => salesperson.get('/today')), undefined, { p95: 50 });
  add('today of a department', await oneClient(() => manager.get('/today?team=true')), undefined, {
    p95: 50,
  });
  add(
    'list 50 of a department, city, by name',
    await oneClient((index) =>
      manager.get(`/customers?filter=${filterOf('city', city(index))}&sort=name&limit=50&count=true`),
    ),
    undefined,
    { p95: 40 },
  );
  const needle = (index: number) => companyAt((index * 7919) % customers);
  const search = (client: Client, q: string) => client.get(`/search?q=${encodeURIComponent(q)}&limit=20`);
  const names = await pinyinOf(samples.length, customers);
  const name = (index: number) => names[index % names.length] as Typed;
  const kinds: [string, (index: number) => string][] = [
    ['two characters', (index) => needle(index).short.slice(0, 2)],
    ['two characters and city', (index) => `${needle(index).short.slice(-2)} ${needle(index).city}`],
    ['frequent characters', (index) => ['科技', '杭州', '电子', '贸易', '上海'][index % 5] as string],
    ['full pinyin', (index) => name(index).full],
    ['initials', (index) => name(index).initials],
    ['two initials', (index) => name(index).initials.slice(0, 2)],
    ['initials of city and own name', (index) => name(index).inPlace],
    ['initials of own name and trade', (index) => name(index).withTrade],
    ['pinyin as it is typed', (index) => typed(names, index)],
    ['one character', (index) => needle(index).short.slice(0, 1)],
    ['one letter', (index) => 'abcdefghjklmnopqrstwxyz'[index % 23] as string],
    ['phone, last 6 digits', (index) => needle(index).phone.slice(-6)],
    ['phone, 4 digits inside', (index) => needle(index).phone.slice(4, 8)],
    ['phone, first 4 digits', (index) => needle(index).phone.slice(0, 4)],
  ];
  for (const [kind, q] of kinds) {
    add(`search: ${kind}`, await oneClient((index) => search(administrator, q(index))), undefined, {
      p95: 40,
    });
  }
  for (const [who, client] of [
    ['a salesperson', salesperson],
    ['a department', manager],
  ] as const)
    for (const [kind, q] of kinds.filter(([each]) =>
      ['two characters', 'frequent characters', 'two initials'].includes(each),
    ))
      add(`search of ${who}: ${kind}`, await oneClient((index) => search(client, q(index))), undefined, {
        p95: 40,
      });
  add(
    'list 50, searched: two characters',
    await oneClient((index) =>
      administrator.get(
        `/customers?q=${encodeURIComponent(needle(index).short.slice(0, 2))}&sort=-updatedAt&limit=50`,
      ),
    ),
    undefined,
    { p95: 40 },
  );
  const segments: [string, object][] = [
    ['city, never contacted', { and: [{ field: 'city', op: 'eq', value: '杭州' }, never] }],
    ['contacted twice in 90 days', twice],
    ['one of two cities, not contacted twice', { and: [towns, { not: twice }] }],
  ];
  for (const [kind, definition] of segments)
    add(
      `segment count: ${kind}`,
      await oneClient(
        () => administrator.post('/segments/preview', { entity: 'customer', definition }),
        60,
        5,
      ),
      undefined,
      { p95: 300 },
    );
  await db.end();
  return results;
}

const contacts = { related: 'activity', via: 'customer' };
const never = { ...contacts, op: 'eq', value: 0 };
const twice = {
  ...contacts,
  where: { field: 'occurredAt', op: 'within', value: { within: { days: 90 } } },
  op: 'gte',
  value: 2,
};
const towns = { field: 'city', op: 'in', value: ['宁波', '苏州'] };

interface Typed {
  full: string;
  initials: string;
  inPlace: string;
  withTrade: string;
  /** City and own name, for typing letter by letter. */
  letters: string;
}

async function pinyinOf(count: number, customers: number): Promise<Typed[]> {
  const { primaryReadings } = await import('../src/platform/text/pinyin.ts');
  const initials = (text: string) => primaryReadings(text).map((reading) => reading[0]);
  return Array.from({ length: Math.min(count, 300) }, (_, index) => {
    const { name, short, city } = companyAt((index * 4409) % customers);
    const trade = name.slice(name.indexOf(short) + short.length);
    const own = short.slice(0, 4);
    return {
      full: primaryReadings(own).join(''),
      initials: initials(own).join(''),
      inPlace: initials(city + own).join(''),
      withTrade: initials(own + trade.slice(0, 2)).join(''),
      letters: primaryReadings(city + short).join(''),
    };
  });
}

/** ha, han, hang, hangz …: what a box that searches at every key asks for. */
function typed(names: Typed[], index: number): string {
  const KEYS = 12;
  const { letters } = names[Math.floor(index / KEYS) % names.length] as Typed;
  return letters.slice(0, 2 + (index % KEYS));
}

/** A company that is not in the base. */
export const newCompany = (index: number) => {
  const { name, phone, city, province, email, taxNumber, industry, source } = companyAt(50_000_000 + index);
  return {
    name: `${name}${index}`,
    phone,
    city,
    province,
    taxNumber,
    industry,
    source,
    ...(email ? { email } : {}),
  };
};

/** Creating a record with all that belongs to it, against a bare insert into the same table with its indexes. */
export async function writeOperations({ clients, url }: Bench): Promise<Result[]> {
  const db = new pg.Client(url);
  await db.connect();
  const offset = Math.floor(Math.random() * 1_000_000_000);
  const { rows: owners } = await db.query<{ id: string; department_id: string }>(
    'select owner_id as id, department_id from customer where owner_id is not null limit 1',
  );
  const raw = await oneClient((index) => {
    const company = newCompany(offset + 20_000_000 + index);
    return db.query(
      `insert into customer (name, name_key, kind, phone, city, province, tax_number, industry, source, owner_id, department_id, number)
       values ($1, $2, 'company', $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        company.name,
        `raw ${index}`,
        company.phone,
        company.city,
        company.province,
        company.taxNumber,
        company.industry,
        company.source,
        owners[0]?.id,
        owners[0]?.department_id,
        `RAW-${offset}-${index}`,
      ],
    );
  });
  const one = await oneClient((index) =>
    clients.administrator.post('/customers', newCompany(offset + index)),
  );
  await db.query(`delete from customer where number like 'RAW-%'`);
  await db.end();
  const ratio = one.p50 / raw.p50;
  return [{ operation: 'create', http: one, raw, ratio, budget: '≤ 5× SQL', met: ratio <= 5 }];
}

/** Eight callers at once; each call may take 2.5 times as long as for one caller alone. */
export async function crowdOperations({ clients, customers }: Bench, alone: Result[]): Promise<Result[]> {
  const { administrator } = clients;
  const offset = Math.floor(Math.random() * 1_000_000_000);
  const calls: [string, string, (index: number) => Promise<unknown>][] = [
    ['eight clients: list', 'list 50: all by name', () => administrator.get('/customers?sort=name&limit=50')],
    [
      'eight clients: search',
      'search: two characters',
      (index) =>
        administrator.get(
          `/search?q=${encodeURIComponent(companyAt((index * 7919) % customers).short.slice(0, 2))}&limit=20`,
        ),
    ],
    [
      'eight clients: create',
      'create',
      (index) => administrator.post('/customers', newCompany(offset + index)),
    ],
  ];
  const results: Result[] = [];
  for (const [operation, single, call] of calls) {
    const http = await manyClients(call);
    const one = alone.find((result) => result.operation === single)?.http.p50 ?? 0;
    // Eight callers share two cores with the database: the time per call is what one caller's work costs the machine.
    const perCall = 1000 / http.perSecond;
    results.push({
      operation,
      http,
      ratio: perCall / one,
      budget: 'time per call ≤ 2.5× one client',
      met: perCall <= one * 2.5,
    });
  }
  return results;
}
