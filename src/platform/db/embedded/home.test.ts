import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { credentials, findHome } from './home.ts';
import { canReach } from './service-user.ts';

const STRANGER = { uid: 54_321, gid: 54_321 };
let folder: string;
let said: string[];
const say = (line: string) => said.push(line);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanxi-home-'));
  chmodSync(folder, 0o755);
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  [0o755, true],
  [0o711, true],
  [0o750, false],
  [0o700, false],
])('a user of the system passes through a folder of mode %o: %s', (mode, reachable) => {
  mkdirSync(join(folder, 'above/below'), { recursive: true });
  chmodSync(join(folder, 'above'), mode);
  expect(canReach(join(folder, 'above/below'), STRANGER)).toBe(reachable);
  expect(canReach(join(folder, 'above/below'), undefined)).toBe(true);
});

describe('where the cluster lies', () => {
  const place = () => ({ user: STRANGER, outside: join(folder, 'outside') });

  test('inside the data folder, which is opened for passing through', () => {
    const dataDir = join(folder, 'data');
    mkdirSync(dataDir, { mode: 0o700 });
    expect(findHome(dataDir, say, place())).toBe(join(dataDir, 'postgres'));
    expect(statSync(dataDir).mode & 0o777).toBe(0o711);
    expect(said).toEqual([]);
  });

  test('outside when a folder above is closed, said once and found again', () => {
    mkdirSync(join(folder, 'closed'), { mode: 0o700 });
    const dataDir = join(folder, 'closed/data');
    const home = findHome(dataDir, say, place());
    expect(home.startsWith(join(folder, 'outside'))).toBe(true);
    expect(said.join()).toContain(home);
    said = [];
    expect(findHome(dataDir, say, place())).toBe(home);
    expect(said).toEqual([]);
  });

  test('anew when the data folder was deleted', () => {
    mkdirSync(join(folder, 'closed'), { mode: 0o700 });
    const dataDir = join(folder, 'closed/data');
    const before = findHome(dataDir, say, place());
    rmSync(dataDir, { recursive: true });
    expect(findHome(dataDir, say, place())).not.toBe(before);
  });
});

test('passwords are made once, long, different and readable by us alone', () => {
  const made = credentials(folder);
  expect(made.superuser).toMatch(/^[0-9a-f]{48}$/);
  expect(made.application).not.toBe(made.superuser);
  expect(credentials(folder)).toEqual(made);
  expect(statSync(join(folder, 'credentials.json')).mode & 0o777).toBe(0o600);
});
