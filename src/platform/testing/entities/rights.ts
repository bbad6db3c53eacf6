import { expect, test } from 'vitest';
import { type EntityPermission, type Permissions, SCOPES, type ScopeName } from '../../access/permissions.ts';
import { ACTIONS, type Action, type Entity, type Field } from '../../entity/types.ts';
import type { Person, TestApp } from '../app.ts';
import { change, create, fullest, plain, post, type Subject, smallest, type Values } from './samples.ts';

/** Where a record stands, seen from the person who asks. */
const PLACES = ['mine', 'department', 'below', 'elsewhere'] as const;
type Place = (typeof PLACES)[number];

/** What each scope reaches. `chosen` is the department below. */
const REACH: Record<ScopeName | 'none', readonly Place[]> = {
  none: [],
  self: ['mine'],
  department: ['mine', 'department'],
  departmentAndBelow: ['mine', 'department', 'below'],
  chosen: ['mine', 'below'],
  all: PLACES,
};

interface Company {
  department: string;
  below: string;
  elsewhere: string;
  stranger: Person;
}

const companies = new WeakMap<TestApp, Promise<Company>>();

function company(house: TestApp): Promise<Company> {
  const known = companies.get(house);
  if (known) return known;
  const made = (async () => {
    const department = await house.department('华东');
    const elsewhere = await house.department('华南');
    const below = await house.department('杭州', department);
    return { department, elsewhere, below, stranger: await house.person({}, { department: elsewhere }) };
  })();
  companies.set(house, made);
  return made;
}

const applicable = (entity: Entity, action: Action) => !entity.without?.includes(action);

/** Rights of one record type, with the directories it needs for its references. */
function rightsOf({ house, entity }: Subject, permission: EntityPermission): Permissions {
  const others = house.services
    .registry()
    .entities.filter((each) => each.name !== entity.name && !each.adminOnly)
    .map((each) => [each.name, { actions: { read: 'all' } }] as const);
  return { entities: { ...Object.fromEntries(others), [entity.name]: permission } };
}

async function personWith(subject: Subject, permission: EntityPermission): Promise<Person> {
  const { department } = await company(subject.house);
  return subject.house.person(rightsOf(subject, permission), { department });
}

const permit = (subject: Subject, person: Person, permission: EntityPermission): Promise<void> =>
  subject.house.permit(person, rightsOf(subject, permission));

const permission = (
  actions: Partial<Record<Action, ScopeName | 'none'>>,
  below: string,
): EntityPermission => ({
  actions: Object.fromEntries(Object.entries(actions).filter(([, scope]) => scope !== 'none')),
  departments: [below],
});

/** Records in places; a child record hangs on a root that stands there, and is somebody else's own. */
async function recordsFor<P extends Place>(
  subject: Subject,
  person: Person,
  places: readonly P[],
): Promise<Record<P, string>> {
  const { house, entity } = subject;
  const { administrator: admin } = house;
  const { department, below, elsewhere, stranger } = await company(house);
  const standing: Record<Place, Values> = {
    mine: { owner: person.id, department: elsewhere },
    department: { owner: stranger.id, department },
    below: { owner: stranger.id, department: below },
    elsewhere: { owner: stranger.id, department: elsewhere },
  };
  const ids = {} as Record<P, string>;
  for (const place of places) {
    const body = await smallest(subject);
    if (entity.scope.kind === 'own') Object.assign(body, standing[place]);
    if (entity.scope.kind === 'child') {
      const root = house.services.registry().byName.get(entity.fields[entity.scope.of]!.to!)!;
      const parent = await admin.create(root.plural, {
        ...(await smallest({ ...subject, entity: root, ways: {} })),
        ...standing[place],
      });
      Object.assign(body, { [entity.scope.of]: parent.id, owner: stranger.id });
    }
    ids[place] = (await create(subject, body)).id;
  }
  return ids;
}

interface Cast {
  reader: Person;
  editor: Person;
  /** Their records in each place. */
  read: Record<Place, string>;
  edited: Record<Place, string>;
}

const casts = new WeakMap<Subject, Promise<Cast>>();

/** Who reads and who edits records of a type, the same in every scope: only their rights change. */
function castOf(subject: Subject): Promise<Cast> {
  const known = casts.get(subject);
  if (known) return known;
  const made = (async () => {
    const [reader, editor] = [
      await personWith(subject, { actions: {} }),
      await personWith(subject, { actions: {} }),
    ];
    return {
      reader,
      editor,
      read: await recordsFor(subject, reader, PLACES),
      edited: await recordsFor(subject, editor, PLACES),
    };
  })();
  casts.set(subject, made);
  return made;
}

/** Every action in every scope, on a record in every place; and every right over fields. */
export function rightsTests(subject: () => Subject): void {
  test.each(['none', ...SCOPES] as const)(
    'may be read, changed and deleted in the scope "%s" only',
    async (scope) => {
      const { house, entity } = subject();
      const { administrator: admin } = house;
      const { below } = await company(house);
      const path = `/${entity.plural}`;
      const { reader, editor, read, edited } = await castOf(subject());
      await permit(subject(), reader, permission({ read: scope, export: scope }, below));
      await permit(subject(), editor, permission({ read: 'all', update: scope, delete: scope }, below));
      const reaches = (place: Place) =>
        !entity.adminOnly && (entity.scope.kind === 'open' ? scope !== 'none' : REACH[scope].includes(place));
      const reads = (place: Place) => reaches(place) || (entity.directory ?? false);

      const list = await reader.get(`${path}?limit=200&count=true&sort=-createdAt`);
      const readable = PLACES.filter(reads);
      expect(list.status).toBe(readable.length ? 200 : 403);
      const listed = (list.body.items ?? []).map((item: { id: string }) => item.id);
      expect(PLACES.filter((place) => listed.includes(read[place]))).toEqual(readable);
      if (list.body.total <= 200) expect(list.body.total).toBe(list.body.items.length);
      for (const place of PLACES) {
        const one = await reader.get(`${path}/${read[place]}`);
        expect([place, one.status < 300]).toEqual([place, reads(place)]);
        const written = await editor.patch(`${path}/${edited[place]}`, change(entity));
        const what = JSON.stringify(written.body);
        const refusals = entity.adminOnly ? [404] : [403];
        expect([place, what, reaches(place) ? [200] : refusals]).toEqual([place, what, [written.status]]);
        const seen = entity.adminOnly ? 403 : 200;
        expect((await editor.get(`${path}/${edited[place]}`)).status).toBe(seen);
        const removed = await editor.delete(`${path}/${edited[place]}`);
        expect([place, reaches(place) ? [204] : refusals]).toEqual([place, [removed.status]]);
      }
      expect((await reader.patch(`${path}/${read.mine}`, change(entity))).status).toBeGreaterThanOrEqual(403);
      expect((await reader.delete(`${path}/${read.mine}`)).status).toBeGreaterThanOrEqual(403);
      if (reads('mine')) {
        const { can } = (await reader.get(`${path}/${read.mine}`)).body;
        expect(can).toEqual({ update: false, delete: false, transfer: false, share: false });
      }
      const bin = (await admin.get(`${path}?deleted=true&limit=200`)).body.items;
      const gone = PLACES.filter((place) => bin.some(({ id }: { id: string }) => id === edited[place]));
      expect(gone).toEqual(PLACES.filter(reaches));
      for (const place of gone) {
        const back = await admin.post(`${path}/${edited[place]}/restore`);
        expect([place, back.status, back.body]).toEqual([place, 200, expect.anything()]);
      }
    },
  );

  test.each(['none', 'self', 'department', 'all'] as const)(
    'is created in the scope "%s" only',
    async (scope) => {
      const { house, entity } = subject();
      const { below, elsewhere, stranger } = await company(house);
      const { editor: person } = await castOf(subject());
      await permit(subject(), person, permission({ read: 'all', create: scope }, below));
      const may = !entity.adminOnly && scope !== 'none';
      const own = await post(subject(), person, await smallest(subject()));
      expect(own.status, JSON.stringify(own.body)).toBe(may ? 201 : 403);
      if (entity.scope.kind === 'open' || !may) return;
      const foreign = await post(subject(), person, {
        ...(await smallest(subject())),
        owner: stranger.id,
        department: elsewhere,
      });
      expect([foreign.status, foreign.body.code]).toEqual(
        scope === 'all' ? [201, undefined] : [403, 'outside_scope'],
      );
    },
  );

  test('is given to others by those with that right only', async () => {
    const { house, entity } = subject();
    if (entity.scope.kind === 'open') return;
    const { below, stranger } = await company(house);
    const { reader: keeps, editor: gives, read: one, edited: other } = await castOf(subject());
    await permit(subject(), keeps, permission({ read: 'all', update: 'all' }, below));
    await permit(subject(), gives, permission({ read: 'all', update: 'all', transfer: 'self' }, below));
    const move = (person: Person, id: string) => person.patch(`/${entity.plural}/${id}`, { owner: keeps.id });
    const separate = applicable(entity, 'transfer');
    expect((await move(keeps, one.department)).status).toBe(separate ? 403 : 200);
    expect((await move(gives, other.mine)).status).toBe(200);
    expect((await move(gives, other.elsewhere)).status).toBe(separate ? 403 : 200);
    // Named again, the owner there is already is no transfer.
    if (separate)
      expect((await keeps.patch(`/${entity.plural}/${one.department}`, { owner: stranger.id })).status).toBe(
        200,
      );
  });

  test('fields are hidden, masked and read-only as the role says', async () => {
    const { house, entity } = subject();
    const { administrator: admin } = house;
    const body = await fullest(subject());
    const { id } = await create(subject(), body);
    const path = `/${entity.plural}`;
    const fields = entity.fieldList.filter(
      (field) => field.name in body && field.name !== entity.title && field.kind !== 'json',
    );
    const seeing = (right: 'hidden' | 'masked' | 'read'): EntityPermission => ({
      actions: Object.fromEntries(
        ACTIONS.filter((action) => applicable(entity, action)).map((action) => [action, 'all']),
      ),
      fields: Object.fromEntries(fields.map((field) => [field.name, right])),
    });
    const { reader: blind, editor: half } = await castOf(subject());
    const reader = await personWith(subject(), seeing('read'));
    if (entity.adminOnly) {
      expect((await reader.get(`${path}/${id}`)).status).toBe(403);
      return;
    }
    await permit(subject(), blind, seeing('hidden'));
    await permit(subject(), half, seeing('masked'));
    const record = (await blind.get(`${path}/${id}`)).body;
    const masked = (await half.get(`${path}/${id}`)).body;
    const clear = (await reader.get(`${path}/${id}`)).body;
    const original = (await admin.get(`${path}/${id}`)).body;
    const inList = (await blind.get(`${path}?filter=${filterText({ field: 'id', op: 'eq', value: id })}`))
      .body.items[0];
    for (const field of fields) {
      expect(record).not.toHaveProperty(field.name);
      expect(inList).not.toHaveProperty(field.name);
      expect(plain(clear[field.name])).toEqual(plain(original[field.name]));
      expect([field.name, JSON.stringify(masked[field.name])]).not.toEqual([
        field.name,
        JSON.stringify(original[field.name]),
      ]);
      await expectNoGuessing(blind, path, field, [400]);
      await expectNoGuessing(half, path, field, [400, 403]);
      if (field.immutable) continue;
      const written = await reader.patch(`${path}/${id}`, { [field.name]: body[field.name] });
      const codes = written.body.errors?.map((each: { code: string }) => each.code);
      expect([field.name, written.status >= 400, codes]).toEqual([
        field.name,
        true,
        expect.arrayContaining(['field_not_writable']),
      ]);
      const unseen = await blind.patch(`${path}/${id}`, { [field.name]: body[field.name] });
      expect([field.name, unseen.status]).toEqual([field.name, 422]);
    }
    const meta = (await blind.get('/meta')).body.entities.find(
      (each: { name: string }) => each.name === entity.name,
    );
    const known = meta.fields.map((field: { name: string }) => field.name);
    expect(fields.filter((field) => known.includes(field.name)).map((field) => field.name)).toEqual([]);
    await expectNotFound(blind, entity, fields, body, id);
    await expectNotFound(half, entity, fields, body, id);
    const history = (await blind.get(`/audit?recordId=${id}`)).body.items;
    const spoken = (history ?? []).flatMap((item: { changes: { field: string }[] }) =>
      item.changes.map((each) => each.field),
    );
    expect(fields.filter((field) => spoken.includes(field.name)).map((field) => field.name)).toEqual([]);
  });
}

const filterText = (filter: unknown) => encodeURIComponent(JSON.stringify(filter));

/** Neither a filter nor an order may tell what a field holds. */
async function expectNoGuessing(
  person: Person,
  path: string,
  field: Field,
  statuses: number[],
): Promise<void> {
  const filtered = await person.get(
    `${path}?filter=${filterText({ field: field.name, op: 'empty', value: false })}`,
  );
  expect([field.name, statuses.includes(filtered.status)]).toEqual([field.name, true]);
  const sorted = await person.get(`${path}?sort=${field.name}`);
  expect([field.name, sorted.status >= 400]).toEqual([field.name, true]);
}

/** What a person does not see cannot be found by him either. */
async function expectNotFound(
  person: Person,
  entity: Entity,
  fields: Field[],
  body: Values,
  id: string,
): Promise<void> {
  for (const field of fields) {
    const value = body[field.name];
    if (!field.search || typeof value !== 'string') continue;
    const { groups } = (await person.get(`/search?q=${encodeURIComponent(value)}`)).body;
    const hits = groups.flatMap((group: { items: { id: string }[] }) => group.items.map((item) => item.id));
    expect([field.name, hits.includes(id)]).toEqual([field.name, false]);
    const listed = await person.get(`/${entity.plural}?q=${encodeURIComponent(value)}`);
    expect([field.name, listed.body.items.map((item: { id: string }) => item.id).includes(id)]).toEqual([
      field.name,
      false,
    ]);
  }
}
