import { expect, test } from 'vitest';
import type { Answer } from '../app.ts';
import { change, create, fullest, plain, post, type Subject, smallest, wrongValues } from './samples.ts';

const errorPaths = ({ body }: Answer) =>
  (body.errors ?? []).map((each: { path: string }) => each.path.split('.')[0]);

/** Create, read, change, delete, restore and erase through HTTP; versions; what bad input gets. */
export function lifeTests(subject: () => Subject): void {
  test('is created, read, changed, deleted and restored', async () => {
    const { house, entity } = subject();
    const { administrator: admin } = house;
    const path = `/${entity.plural}`;
    const body = await fullest(subject());
    const created = await post(subject(), admin, body);
    expect(created.body).toMatchObject({ id: expect.any(String), version: 1 });
    expect(created.status).toBe(201);
    const { id } = created.body;
    for (const [name, value] of Object.entries(body))
      expect([name, plain(created.body[name])]).toEqual([name, plain(value)]);
    const read = await admin.get(`${path}/${id}`);
    expect(read.body).toEqual(
      Object.fromEntries(Object.entries(created.body).filter(([name]) => name !== 'warnings')),
    );
    expect(read.headers.etag).toBe('"1"');

    const changed = await admin.patch(`${path}/${id}`, change(entity), { 'if-match': '"1"' });
    expect(changed.body).toMatchObject({ version: 2 });
    const same = await admin.patch(`${path}/${id}`, { [entity.title]: changed.body[entity.title] });
    expect(same.body.version).toBe(2);

    expect((await admin.delete(`${path}/${id}`)).status).toBe(204);
    expect((await admin.get(`${path}/${id}`)).status).toBe(404);
    expect((await admin.patch(`${path}/${id}`, change(entity))).status).toBe(404);
    const bin = await admin.get(`${path}?deleted=true&limit=200`);
    expect(bin.body.items.map((item: { id: string }) => item.id)).toContain(id);
    const restored = await admin.post(`${path}/${id}/restore`);
    expect(restored.body).toMatchObject({ id, title: changed.body.title });
    expect((await admin.get(`${path}/${id}`)).status).toBe(200);

    await admin.delete(`${path}/${id}`);
    const erased = await admin.delete(`${path}/${id}?forever=true`);
    expect([erased.status, erased.body]).toEqual([204, '']);
    expect((await admin.post(`${path}/${id}/restore`)).status).toBe(404);
  });

  test('refuses a stale or missing version and shows the current record', async () => {
    const { house, entity } = subject();
    const { administrator: admin } = house;
    const { id } = await create(subject(), await smallest(subject()));
    const path = `/${entity.plural}/${id}`;
    const mine = await admin.patch(path, change(entity), { 'if-match': '"1"' });
    const late = await admin.patch(path, change(entity), { 'if-match': '"1"' });
    expect(late.status).toBe(412);
    expect(late.body).toMatchObject({
      code: 'version_conflict',
      current: { id, version: 2, title: mine.body.title },
    });
    expect((await admin.send('PATCH', path, change(entity))).status).toBe(428);
    expect((await admin.patch(path, change(entity), { 'if-match': 'tomorrow' })).status).toBe(400);
    const stale = await admin.send('DELETE', path, undefined, { 'if-match': '"1"' });
    expect(stale.status).toBe(412);
    expect((await admin.get(path)).body).toMatchObject({ version: 2, title: mine.body.title });
  });

  test('names the field of what it cannot take, and changes nothing', async () => {
    const { house, entity } = subject();
    const { administrator: admin } = house;
    const path = `/${entity.plural}`;
    const record = await create(subject(), await smallest(subject()));
    const body = await smallest(subject());
    const { post: otherWay } = subject().ways;
    if (!otherWay) {
      const required = entity.fieldList.filter(
        (field) => field.required && !field.readOnly && field.default === undefined,
      );
      for (const field of required) {
        const without = await admin.post(path, { ...body, [field.name]: undefined });
        expect([field.name, without.status, errorPaths(without)]).toEqual([field.name, 422, [field.name]]);
      }
    }
    const unknown = await post(subject(), admin, { ...body, noSuchField: '1' });
    expect(unknown.body).toMatchObject({
      code: 'invalid',
      errors: [{ path: 'noSuchField', code: 'unknown_field' }],
    });
    for (const field of entity.fieldList) {
      if (field.readOnly) {
        const set = await admin.patch(`${path}/${record.id}`, { [field.name]: null });
        expect([field.name, set.status, errorPaths(set)]).toEqual([field.name, 422, [field.name]]);
        continue;
      }
      if (field.immutable) continue;
      for (const value of wrongValues(field)) {
        for (const answer of [
          ...(otherWay ? [] : [await admin.post(path, { ...body, [field.name]: value })]),
          await admin.patch(`${path}/${record.id}`, { [field.name]: value }),
        ]) {
          const what = [field.name, JSON.stringify(value)?.slice(0, 60)];
          expect([...what, answer.status, errorPaths(answer)]).toEqual([...what, 422, [field.name]]);
        }
      }
    }
    for (const broken of [[], 'text', 7]) {
      expect((await admin.post(path, broken)).status).toBeGreaterThanOrEqual(400);
    }
    expect((await admin.get(`${path}/${record.id}`)).body.version).toBe(1);
    expect((await admin.get(`${path}/not-an-id`)).status).toBe(404);
    expect((await admin.get(`${path}/00000000-0000-7000-8000-000000000000`)).status).toBe(404);
  });
}
