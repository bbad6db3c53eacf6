import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../app.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { route } from './route.ts';
import { createServer } from './server.ts';

let database: TestDatabase;
let app: ReturnType<typeof createApp>;

beforeAll(async () => {
  database = await createTestDatabase();
  app = createApp({
    url: database.url,
    directUrl: database.url,
    dataDir: '/tmp',
    baseUrl: 'http://localhost',
    secret: 's'.repeat(32),
  });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const boom = route({
  method: 'GET',
  path: '/boom',
  summary: 'Fails',
  tag: 'test',
  access: 'open',
  handle: async () => {
    throw new TypeError('a mistake of ours');
  },
});

test('a mistake of ours is a 500 without its stack, and the server lives on', async () => {
  const logged: object[] = [];
  const services = {
    ...app.services,
    log: { ...app.services.log, error: (data: object) => void logged.push(data) },
  };
  const server = await createServer({ services, routes: [boom], authenticate: async () => null });
  const first = await server.inject('/api/v1/boom');
  expect(first.statusCode).toBe(500);
  expect(first.json()).toMatchObject({ code: 'internal', status: 500 });
  expect(first.body).not.toContain('mistake');
  expect(logged).toHaveLength(1);
  const health = await server.inject('/healthz');
  expect(health.json()).toEqual({ status: 'ok' });
  expect(health.headers['content-security-policy']).toContain("default-src 'self'");
  expect(health.headers['x-content-type-options']).toBe('nosniff');
  await server.close();
});

test('without a session everything but open routes asks to sign in, in the language asked for', async () => {
  const server = await app.server();
  const answer = await server.inject({ url: '/api/v1/customers', headers: { 'accept-language': 'en' } });
  expect(answer.statusCode).toBe(401);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json()).toMatchObject({ code: 'sign_in_required', detail: 'Please sign in.' });
  await server.close();
});
