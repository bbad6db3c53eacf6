import { expect, test } from 'vitest';
import type { TestApp } from '../app.ts';
import { create, fullest, next, type Subject, sample, smallest, type Values } from './samples.ts';

const CHINESE = /\p{Script=Han}/u;

/** What follows from a declaration besides its life: audit, words, pages of a list, the API's document. */
export function recordTests(subject: () => Subject): void {
  test('every change is in the audit with before and after', async () => {
    const { house, entity } = subject();
    const { administrator: admin } = house;
    const body = await fullest(subject());
    const { id } = await create(subject(), body);
    const path = `/${entity.plural}/${id}`;
    const after = { [entity.title]: `改后${next()}` };
    await admin.patch(path, after);
    await admin.delete(path);
    await admin.post(`${path}/restore`);
    const { items } = (await admin.get(`/audit?recordId=${id}`)).body;
    expect(items.map((item: { action: string }) => item.action)).toEqual([
      'restore',
      'delete',
      'update',
      'create',
    ]);
    for (const item of items) {
      expect(item).toMatchObject({
        actor: { id: admin.id },
        entity: entity.name,
        recordId: id,
        cause: { kind: 'apiKey' },
      });
    }
    const title = { field: entity.title, before: body[entity.title], after: after[entity.title] };
    expect(items[2].changes).toContainEqual(expect.objectContaining(title));
    const fields = items[3].changes.map((change: { field: string }) => change.field);
    const given = Object.keys(body).filter((name) => !isEmpty(body[name]));
    expect(fields).toEqual(expect.arrayContaining(given));
  });

  test('all its words are in Chinese and in English', () => {
    const { entity } = subject();
    const labels = [
      { key: entity.name, ...entity.label },
      ...entity.fieldList.map((field) => ({ key: `${entity.name}.${field.name}`, ...field.label })),
      ...entity.fieldList.flatMap((field) =>
        field.options.map((option) => ({ ...option, key: `${entity.name}.${field.name}.${option.value}` })),
      ),
    ];
    const missing = labels.filter(
      ({ key, zh, en }) => !CHINESE.test(zh) || CHINESE.test(en) || zh === key || en === key || !en,
    );
    // The name of a language stands in that language.
    expect(missing.filter(({ en, zh }) => en !== zh || en === '').map(({ key }) => key)).toEqual([]);
  });

  test('its list pages see each record exactly once, whatever they are sorted by', async () => {
    const { house, entity } = subject();
    const { administrator: admin } = house;
    const sortable = entity.fieldList.filter((field) => field.sortable);
    for (let count = 0; count < 14; count += 1) {
      const body: Values = await smallest(subject());
      for (const field of sortable) {
        if (field.readOnly || field.name === entity.title || field.unique) continue;
        // Some have none, some the same.
        if (count % 3 !== 0 && !isUnique(entity, field.name))
          body[field.name] = await sample(house, field, count % 4);
      }
      await create(subject(), body);
    }
    const all = (await admin.get(`/${entity.plural}?limit=200&sort=id`)).body.items.map(
      (item: { id: string }) => item.id,
    );
    const orders = sortable.flatMap(({ name }) => [name, `-${name}`, `${name},-createdAt`]);
    for (const sort of orders) {
      const seen: string[] = [];
      const keys: unknown[] = [];
      let cursor: string | null = null;
      do {
        const at: string = cursor ? `&cursor=${cursor}` : '';
        const page = await admin.get(`/${entity.plural}?limit=10&sort=${sort}${at}`);
        expect([sort, page.status]).toEqual([sort, 200]);
        seen.push(...page.body.items.map((item: { id: string }) => item.id));
        keys.push(...page.body.items.map((item: Values) => item[sort.split(',')[0]!.replace('-', '')]));
        cursor = page.body.nextCursor;
      } while (cursor);
      expect([sort, seen.length, [...seen].sort()]).toEqual([sort, all.length, [...all].sort()]);
      const isText = entity.fields[sort.split(',')[0]!.replace('-', '')]?.sortColumn !== undefined;
      // Text is ordered by its key, where nothing comes before everything.
      if (!isText) expect([sort, inOrder(keys, sort.startsWith('-'))]).toEqual([sort, true]);
    }
    const counted = await admin.get(`/${entity.plural}?count=true&limit=1`);
    expect(counted.body).toMatchObject({ total: all.length, totalIsExact: true });
  });

  test('the API’s document describes it', async () => {
    const { house, entity } = subject();
    const { paths, components } = await documentOf(house);
    const path = `/api/v1/${entity.plural}`;
    expect(Object.keys(paths[path])).toEqual(expect.arrayContaining(['get', 'post']));
    expect(Object.keys(paths[`${path}/{id}`])).toEqual(expect.arrayContaining(['get', 'patch', 'delete']));
    expect(paths).toHaveProperty([`${path}/{id}/restore`, 'post']);
    const name = entity.name.charAt(0).toUpperCase() + entity.name.slice(1);
    for (const field of entity.fieldList) {
      expect(components.schemas[name].properties).toHaveProperty(field.name);
      if (!field.readOnly) expect(components.schemas[`${name}Create`].properties).toHaveProperty(field.name);
    }
  });
}

const documents = new WeakMap<TestApp, Promise<Values>>();

/** The API's document, read once: it is the same for every type. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the server says
function documentOf(house: TestApp): Promise<any> {
  const known = documents.get(house) ?? house.administrator.get('/openapi.json').then(({ body }) => body);
  documents.set(house, known);
  return known;
}

const isEmpty = (value: unknown) =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

const isUnique = (entity: { unique?: readonly (readonly string[])[] }, name: string) =>
  (entity.unique ?? []).some((names) => names.includes(name));

/** Dates, instants and numbers run one way; text has its own tests. Empty values come last in either direction. */
function inOrder(keys: unknown[], descending: boolean): boolean {
  const filled = keys.filter((key) => key !== null);
  if (keys.slice(0, filled.length).includes(null)) return false;
  const compared = filled.map((key) => (isMoney(key) ? Number(key.amount) : key));
  const ordered = (one: unknown, other: unknown) => {
    if (typeof one === 'string' && !/^\d{4}-\d\d-\d\d/.test(one)) return true;
    return descending ? (one as number) >= (other as number) : (one as number) <= (other as number);
  };
  return compared.every((key, index) => index === 0 || ordered(compared[index - 1], key));
}

const isMoney = (value: unknown): value is { amount: string } =>
  typeof value === 'object' && value !== null && 'amount' in value;
