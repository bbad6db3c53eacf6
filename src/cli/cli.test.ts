import { afterAll, beforeAll, expect, test } from 'vitest';
import { createInstallation, ended, type Installation } from './testing/installation.ts';

const PASSWORD = 'Quiet-River-88';

let house: Installation;
let key: string;

beforeAll(async () => {
  house = await createInstallation();
});
afterAll(() => house?.remove());

const guanxi = (...args: string[]) => house.guanxi(...args);
const api = (path: string, init?: RequestInit) => house.api(path, key, init);

test('before set-up there is no way in, and keys say so', async () => {
  const { code, out } = await guanxi('api-key', 'create', '--name', 'x', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ outcome: 'refused', code: 'not_set_up' });
});

test('sets up once, with a good password, and makes a key that works', async () => {
  const weak = await guanxi('setup', '--email', 'lin@yunhe.example', '--password', '12345678');
  expect(weak).toMatchObject({ code: 1 });
  expect(weak.err).toMatch(/password/);
  const done = await guanxi(
    'setup',
    '--email',
    'lin@yunhe.example',
    '--password',
    PASSWORD,
    '--company',
    '云鹤',
    '--json',
  );
  expect(done.code).toBe(0);
  expect(JSON.parse(done.out)).toMatchObject({ company: '云鹤', email: 'lin@yunhe.example' });
  const again = await guanxi('setup', '--email', 'b@yunhe.example', '--password', PASSWORD, '--json');
  expect(JSON.parse(again.out)).toMatchObject({ code: 'already_set_up' });
  const made = await guanxi('api-key', 'create', '--name', 'test', '--json');
  ({ key } = JSON.parse(made.out));
  expect(key).toMatch(/^gx_/);
});

test('the doctor finds nothing wrong', async () => {
  const { code, out } = await guanxi('doctor', '--json');
  expect(JSON.parse(out).checks.filter((check: { ok: boolean }) => !check.ok)).toEqual([]);
  expect(code).toBe(0);
  expect((await guanxi('doctor')).out).toMatch(/^✓ 运行环境 Node.*\n一切正常 · all is well\n$/s);
});

test('help is given in Chinese, also to whoever mistypes', async () => {
  const { code, out } = await guanxi('--help');
  expect(code).toBe(0);
  expect(out).toMatch(/^用法 · Usage: guanxi.*选项 · Options:.*显示帮助.*命令 · Commands:.*启动服务/s);
  const mistyped = await guanxi('strat');
  expect([mistyped.code, mistyped.err]).toEqual([1, expect.stringContaining('用 --help 查看')]);
});

test('what was confirmed survives kill -9, a second server is refused, commands work beside the first', async () => {
  const first = await house.startServer();
  const second = await guanxi('start');
  expect(second.code).toBe(1);
  expect(second.err).toContain(`localhost:${house.port}`);
  expect((await guanxi('api-key', 'create', '--name', 'beside', '--json')).code).toBe(0);
  const confirmed: string[] = [];
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let index = 0; index < 200; index++) {
      const body = JSON.stringify({ name: `客户${writer}-${index}` });
      const answer = await api('/customers', { method: 'POST', body }).catch(() => null);
      if (answer?.status !== 201) return;
      confirmed.push(((await answer.json().catch(() => ({}))) as { id: string }).id);
      if (confirmed.length === 100) first.kill('SIGKILL');
    }
  });
  await Promise.all(writers);
  expect(confirmed.length).toBeGreaterThanOrEqual(100);
  const next = await house.startServer();
  const found = await Promise.all(
    confirmed.filter(Boolean).map(async (id) => (await api(`/customers/${id}`)).status),
  );
  expect(new Set(found)).toEqual(new Set([200]));
  next.kill('SIGTERM');
  await ended(next);
  expect(next.exitCode).toBe(0);
}, 120_000);
