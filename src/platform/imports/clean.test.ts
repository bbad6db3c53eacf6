import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cleanImports } from './clean.ts';

test('files of imports go after thirty days, of checks cut short after one', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'guanxi-clean-'));
  for (const name of ['one', 'check-two']) {
    mkdirSync(join(dataDir, 'imports', name), { recursive: true });
    writeFileSync(join(dataDir, 'imports', name, 'source'), 'x');
  }
  const left = async (days: number) => {
    await cleanImports({ dataDir }, Temporal.Now.instant().add({ hours: days * 24 }));
    return readdirSync(join(dataDir, 'imports')).sort();
  };
  expect(await left(0)).toEqual(['check-two', 'one']);
  expect(await left(2)).toEqual(['one']);
  expect(await left(31)).toEqual([]);
  rmSync(dataDir, { recursive: true });
  await cleanImports({ dataDir });
});
