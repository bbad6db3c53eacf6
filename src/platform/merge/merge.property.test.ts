import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../testing/app.ts';

let house: TestApp;
let tags: string[];
beforeAll(async () => {
  house = await startTestApp();
  const made = await Promise.all(
    ['甲', '乙', '丙'].map((name) => house.administrator.create('tags', { name })),
  );
  tags = made.map(({ id }) => id);
});
afterAll(() => house.stop());

/** Many short tests instead of one long one: each has its own time, however busy the machine. */
const LOTS = [1, 2, 3, 4, 5];
const RUNS = 5;

type Stored = Record<string, unknown>;
/** What a merge and its undo may leave different: that there were changes, and by whom and when. */
const PASSING = new Set(['version', 'updated_at', 'updated_by']);

async function rowsOf(table: string, ids: readonly string[]): Promise<Map<string, Stored>> {
  const { rows } =
    await sql<Stored>`select * from ${sql.table(table)} where id = any(${ids}::uuid[])`.execute(
      house.services.db,
    );
  return new Map(
    rows.map((row) => [
      row.id as string,
      Object.fromEntries(Object.entries(row).filter(([name]) => !PASSING.has(name))),
    ]),
  );
}

const phone = fc.integer({ min: 0, max: 5 }).map((n) => `1380000000${n}`);
const optional = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined });
const record = fc.record({
  phone: optional(phone),
  otherPhones: fc.uniqueArray(phone, { maxLength: 2 }),
  email: optional(fc.constantFrom('a@example.cn', 'b@example.cn')),
  website: optional(fc.constantFrom('https://a.cn', 'https://b.cn')),
  remark: optional(fc.constantFrom('老客户', '展会', '转介绍')),
  employees: optional(fc.integer({ min: 1, max: 9 })),
  tags: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { maxLength: 3 }),
  /** Another one of them it belongs to, further up. */
  parent: optional(fc.nat(3)),
});
const people = fc.array(
  fc.record({ at: fc.nat(3), also: fc.uniqueArray(fc.nat(3), { maxLength: 3 }), inBin: fc.boolean() }),
  { maxLength: 6 },
);
const base = fc.record({
  records: fc.array(record, { minLength: 2, maxLength: 4 }),
  people,
  into: fc.nat(3),
});

async function build({ records, people: persons }: typeof base extends fc.Arbitrary<infer T> ? T : never) {
  const { administrator: admin } = house;
  const customers: string[] = [];
  for (const [index, { parent, tags: marked, ...values }] of records.entries()) {
    const made = await admin.create('customers', {
      name: `公司${crypto.randomUUID()}`,
      ...values,
      tags: marked.map((each) => tags[each]),
      ...(parent !== undefined && parent < index ? { parent: customers[parent] } : {}),
    });
    customers.push(made.id);
  }
  const outside = (
    await admin.create('customers', { name: `别家${crypto.randomUUID()}`, parent: customers[0] })
  ).id;
  const contacts: string[] = [];
  const at = (index: number) => customers[index % customers.length] as string;
  for (const person of persons) {
    const also = [...new Set(person.also.map(at)), outside];
    const made = await admin.create('contacts', {
      name: '某人',
      customer: at(person.at),
      otherCustomers: also,
    });
    contacts.push(made.id);
    if (person.inBin) await admin.delete(`/contacts/${made.id}`);
  }
  return { customers, contacts, outside };
}

async function mergeAll(customers: readonly string[], into: number) {
  const survivor = customers[into % customers.length] as string;
  const { body } = await house.administrator.post('/customers/merge', { ids: customers, into: survivor });
  expect(body.id).toBe(survivor);
  return { survivor, mergeId: body.mergeId as string };
}

test.each(LOTS)(
  'lot %i: after a merge nothing leads to what is gone, and nothing is lost; undone, all is as it was',
  async () => {
    await fc.assert(
      fc.asyncProperty(base, async (drawn) => {
        const { customers, contacts, outside } = await build(drawn);
        const before = [await rowsOf('customer', [...customers, outside]), await rowsOf('contact', contacts)];
        const { survivor, mergeId } = await mergeAll(customers, drawn.into);
        const gone = customers.filter((id) => id !== survivor);
        const people = await rowsOf('contact', contacts);
        expect([...people.keys()].sort()).toEqual([...contacts].sort());
        for (const row of people.values()) {
          expect(row.customer_id).toBe(survivor);
          const others = row.other_customer_ids as string[];
          expect(others.filter((id) => gone.includes(id))).toEqual([]);
          expect(new Set(others).size).toBe(others.length);
        }
        const kept = (await rowsOf('customer', [survivor])).get(survivor) as Stored;
        expect(kept.parent_id === survivor || gone.includes(kept.parent_id as string)).toBe(false);
        const phones = new Set([kept.phone, ...(kept.other_phones as string[])]);
        for (const { phone: main, otherPhones } of drawn.records)
          for (const each of [...(main ? [main] : []), ...otherPhones]) expect(phones).toContain(each);
        for (const id of gone)
          expect((await house.administrator.get(`/customers/${id}`)).body.id).toBe(survivor);
        const undone = await house.administrator.post(`/merges/${mergeId}/undo`);
        expect(undone.body.conflicts).toEqual([]);
        const after = [await rowsOf('customer', [...customers, outside]), await rowsOf('contact', contacts)];
        expect(after).toEqual(before);
      }),
      { numRuns: RUNS },
    );
  },
);

const edit = fc.oneof(
  fc.record({ kind: fc.constant('value' as const), field: fc.constantFrom('email', 'website', 'employees') }),
  fc.record({ kind: fc.constant('tag' as const), tag: fc.nat(2) }),
  fc.record({ kind: fc.constant('move' as const), person: fc.nat(5) }),
  fc.record({ kind: fc.constant('rename' as const), person: fc.nat(5) }),
  fc.record({ kind: fc.constant('add' as const) }),
);
const NEW: Record<string, unknown> = {
  email: 'later@example.cn',
  website: 'https://later.cn',
  employees: 77,
};

test.each(LOTS)(
  'lot %i: changes made since the merge stay when it is undone; everything else returns',
  async () => {
    await fc.assert(
      fc.asyncProperty(base, fc.array(edit, { minLength: 1, maxLength: 4 }), async (drawn, edits) => {
        const { administrator: admin } = house;
        const { customers, contacts, outside } = await build(drawn);
        const before = await rowsOf('customer', customers);
        const peopleBefore = await rowsOf('contact', contacts);
        const inUse = contacts.filter((id) => peopleBefore.get(id)?.deleted_at === null);
        const { survivor, mergeId } = await mergeAll(customers, drawn.into);
        const changed = new Set<string>();
        const [moved, renamed] = [new Set<string>(), new Set<string>()];
        const added: string[] = [];
        let marked: string | undefined;
        for (const each of edits) {
          const person = 'person' in each ? inUse[each.person % Math.max(1, inUse.length)] : undefined;
          if (each.kind === 'value') {
            await admin.patch(`/customers/${survivor}`, { [each.field]: NEW[each.field] });
            changed.add(each.field);
          } else if (each.kind === 'tag') {
            const fresh = await admin.create('tags', { name: crypto.randomUUID() });
            const { body } = await admin.get(`/customers/${survivor}`);
            marked = fresh.id;
            await admin.patch(`/customers/${survivor}`, {
              tags: [...body.tags.map((tag: { id: string }) => tag.id), fresh.id],
            });
          } else if (each.kind === 'add')
            added.push((await admin.create('contacts', { name: '新人', customer: survivor })).id);
          else if (person && each.kind === 'move') {
            await admin.patch(`/contacts/${person}`, { customer: outside });
            moved.add(person);
          } else if (person) {
            await admin.patch(`/contacts/${person}`, { jobTitle: '总监' });
            renamed.add(person);
          }
        }
        const { body } = await admin.post(`/merges/${mergeId}/undo`);
        const after = await rowsOf('customer', customers);
        for (const id of customers.filter((each) => each !== survivor))
          expect(after.get(id)).toEqual(before.get(id));
        const kept = after.get(survivor) as Stored;
        for (const name of ['email', 'website', 'employees'])
          expect(String(kept[name])).toBe(
            String(changed.has(name) ? NEW[name] : before.get(survivor)?.[name]),
          );
        const tagsBefore = before.get(survivor)?.tag_ids as string[];
        if (marked) expect(kept.tag_ids).toContain(marked);
        else expect([...(kept.tag_ids as string[])].sort()).toEqual([...tagsBefore].sort());
        for (const [id, row] of await rowsOf('contact', contacts)) {
          const was = peopleBefore.get(id) as Stored;
          expect(row.customer_id).toBe(moved.has(id) ? outside : was.customer_id);
          expect(row.job_title).toBe(renamed.has(id) ? '总监' : was.job_title);
          expect(row.other_customer_ids).toEqual(was.other_customer_ids);
        }
        for (const row of (await rowsOf('contact', added)).values()) expect(row.customer_id).toBe(survivor);
        // Every value that could not return is named, and no other.
        const named = new Set(
          body.conflicts.map((conflict: { id: string; field: string }) => `${conflict.id} ${conflict.field}`),
        );
        for (const id of moved) {
          const led = peopleBefore.get(id)?.customer_id !== survivor;
          expect(named.has(`${id} customer`)).toBe(led);
        }
      }),
      { numRuns: RUNS },
    );
  },
);
