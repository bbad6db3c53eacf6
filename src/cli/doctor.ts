import { access, constants } from 'node:fs/promises';
import { sql } from 'kysely';
import { schemaDrift } from '../platform/db/drift.ts';
import { withApp } from './open.ts';

interface Finding {
  name: string;
  ok: boolean;
  detail: string;
}

/** Looks for what would hinder work — schema, indexes, disk, jobs — and says what to do. Exit code 1 when something is wrong. */
export async function doctor({ json }: { json?: boolean }): Promise<void> {
  const findings = await withApp(async (app, { dataDir }): Promise<Finding[]> => {
    const { db } = app.services;
    const version = await sql<{ v: string }>`select current_setting('server_version') as v`.execute(db);
    const drift = await schemaDrift(db, app.services.registry());
    const waiting = await sql<{ n: number }>`select count(*) as n from search_doc`.execute(db);
    const writable = await access(dataDir, constants.W_OK).then(
      () => true,
      () => false,
    );
    return [
      { name: 'node', ok: Number(process.versions.node.split('.')[0]) >= 26, detail: process.versions.node },
      {
        name: 'postgresql',
        ok: Number.parseInt(version.rows[0]?.v ?? '0', 10) >= 18,
        detail: version.rows[0]?.v ?? '',
      },
      { name: 'schema', ok: drift.length === 0, detail: drift.join(';\n') },
      { name: 'search', ok: true, detail: `${waiting.rows[0]?.n} documents` },
      { name: 'data folder', ok: writable, detail: dataDir },
    ];
  });
  if (json) console.info(JSON.stringify({ ok: findings.every((finding) => finding.ok), findings }));
  else for (const { name, ok, detail } of findings) console.info(`${ok ? '✓' : '✗'} ${name}  ${detail}`);
  if (findings.some((finding) => !finding.ok)) process.exitCode = 1;
}
