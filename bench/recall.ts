import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openApp, type Settings } from '../src/cli/open.ts';
import { createApiKeyFromCommandLine, setupCompany } from '../src/modules/organisation/public.ts';
import { primaryReadings } from '../src/platform/text/pinyin.ts';
import { runImport, writeCompanies } from './import.ts';
import { type Client, httpClient } from './measure.ts';
import { type Company, companyAt } from './names.ts';
import { startServer } from './server.ts';

/** How many of the names drawn are found by one way of typing them. */
export interface Recall {
  kind: string;
  asked: number;
  /** Among the first twenty of `/search`. */
  onFirstPage: number;
  /** Not there, but reached in the customer list searched for the same, page by page. */
  byPaging: number;
  /** Not found, with what was typed. */
  missed: string[];
}

const SAMPLE = 1000;
const FIRST_PAGE = 20;
const PAGE = 200;
const CALLERS = 4;

const middleOf = (short: string) => {
  const characters = Array.from(short);
  const at = Math.floor((characters.length - 2) / 2);
  return characters.slice(at, at + 2).join('');
};
const pinyinOf = (text: string) => primaryReadings(text).join('');
const initialsOf = (text: string) =>
  primaryReadings(text)
    .map((reading) => reading[0])
    .join('');

/** The ways a person types a name he half remembers. */
const KINDS: [string, (company: Company) => string][] = [
  ['two middle characters, then the city', ({ short, city }) => `${middleOf(short)} ${city}`],
  ['the city and two middle characters in one', ({ short, city }) => city + middleOf(short)],
  ['initials of the own name', ({ short }) => initialsOf(short)],
  ['initials of city and own name', ({ short, city }) => initialsOf(city + short)],
  ['full pinyin of the own name', ({ short }) => pinyinOf(short)],
  ['full pinyin of city and own name', ({ short, city }) => pinyinOf(city + short)],
];

/**
 * Imports a file of composed companies into a base of its own and looks for a thousand of them through HTTP. A name counts
 * as found only when its own record comes, not another that fits as well.
 */
export async function measureRecall(
  rows: number,
  settings: Settings,
  tell: (line: string) => void,
): Promise<Recall[]> {
  await rm(settings.dataDir, { recursive: true, force: true });
  const { app, close } = await openApp(settings);
  await setupCompany(app.accounts, {
    company: '基准公司',
    name: '管理员',
    email: 'bench@example.com',
    password: 'Quiet-River-2026',
  });
  const { key } = await createApiKeyFromCommandLine(app.services, { name: 'bench' });
  await close();
  const companies = Array.from({ length: rows }, (_, index) => companyAt(index));
  const path = join(settings.dataDir, 'recall.csv');
  await writeCompanies(path, companies);
  const { outcome } = await runImport(settings, path, ['--on-duplicate', 'create']);
  if (outcome.created !== rows) throw new Error(`${outcome.created} of ${rows} rows were imported`);
  tell(`${rows} rows imported`);
  const server = await startServer(settings);
  try {
    const client = httpClient(settings.port, key);
    const results: Recall[] = [];
    const sample = sampleOf(companies);
    for (const [kind, typed] of KINDS) results.push(await recallOf(client, kind, typed, sample));
    return results;
  } finally {
    await server.stop();
    await rm(settings.dataDir, { recursive: true, force: true });
  }
}

/** Spread over the file; names of Chinese characters only, for others have neither pinyin nor initials. */
function sampleOf(companies: Company[]): Company[] {
  const chinese = companies.filter(({ short }) => /^\p{Script=Han}{2,}$/u.test(short));
  const step = Math.max(1, Math.floor(chinese.length / SAMPLE));
  return chinese.filter((_, index) => index % step === 0).slice(0, SAMPLE);
}

async function recallOf(
  client: Client,
  kind: string,
  typed: (company: Company) => string,
  sample: Company[],
): Promise<Recall> {
  const recall: Recall = { kind, asked: sample.length, onFirstPage: 0, byPaging: 0, missed: [] };
  const waiting = sample.values();
  const look = async () => {
    for (const company of waiting) {
      const q = typed(company);
      if (await onFirstPage(client, q, company.taxNumber)) recall.onFirstPage += 1;
      else if (await byPaging(client, q, company.taxNumber)) recall.byPaging += 1;
      else recall.missed.push(`${q} → ${company.name}`);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, look));
  return recall;
}

const ids = new Map<string, string>();

/** The id of the record with a tax number, which no two of them share. */
async function idOf(client: Client, taxNumber: string): Promise<string> {
  const known = ids.get(taxNumber);
  if (known) return known;
  const filter = JSON.stringify({ field: 'taxNumber', op: 'eq', value: taxNumber });
  const { body } = await client.get(`/customers?${new URLSearchParams({ filter })}`);
  const id = JSON.parse(body).items[0].id as string;
  ids.set(taxNumber, id);
  return id;
}

async function onFirstPage(client: Client, q: string, taxNumber: string): Promise<boolean> {
  const id = await idOf(client, taxNumber);
  const query = new URLSearchParams({ q, entities: 'customer', limit: String(FIRST_PAGE) });
  const { groups } = JSON.parse((await client.get(`/search?${query}`)).body);
  return groups.some((group: { items: { id: string }[] }) => group.items.some((item) => item.id === id));
}

async function byPaging(client: Client, q: string, taxNumber: string): Promise<boolean> {
  const id = await idOf(client, taxNumber);
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ q, limit: String(PAGE), ...(cursor ? { cursor } : {}) });
    const { items, nextCursor } = JSON.parse((await client.get(`/customers?${query}`)).body);
    if (items.some((item: { id: string }) => item.id === id)) return true;
    cursor = nextCursor;
  } while (cursor);
  return false;
}
