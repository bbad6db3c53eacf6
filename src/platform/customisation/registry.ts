import type { Db } from '../context/context.ts';
import { buildRegistry, type Registry } from '../entity/registry.ts';
import type { EntitySpec } from '../entity/types.ts';
import type { Translations } from '../i18n/translations.ts';
import { declarationsOf } from './declare.ts';
import { withOffered } from './offered.ts';
import { type Customisations, readCustomisations, registryVersion } from './rows.ts';

/** The record types of this process: ours, and on top of them the administrator's as they were last read. */
export interface LivingRegistry {
  current(): Registry;
  /** Reads again when the database has another version than the one known here. */
  reload(): Promise<void>;
  /** What stands in the database at this moment, seen from within a transaction. */
  read(db: Db): Promise<{ registry: Registry; rows: Customisations }>;
  /** What `rows` would make of the record types; throws where they do not fit together. */
  build(rows: Customisations): Registry;
}

/** Holds the record types of a process. Starts with the declared ones; call `reload` before serving. */
export function livingRegistry(db: Db, declared: readonly EntitySpec[], words: Translations): LivingRegistry {
  let current = buildRegistry(declared, words);
  let version = 0;
  let loading: Promise<void> | null = null;
  let again = false;

  const build = (rows: Customisations): Registry => {
    const { types, fields } = declarationsOf(rows, declared, words);
    return buildRegistry([...withOffered(declared, rows.offered), ...types], words, fields);
  };

  async function load(): Promise<void> {
    again = false;
    if ((await registryVersion(db)) === version) return;
    const rows = await readCustomisations(db);
    current = build(rows);
    version = rows.version;
  }

  async function loadUntilFresh(): Promise<void> {
    do await load();
    while (again);
  }

  return {
    current: () => current,
    build,
    /** A call while another reads makes that one read once more: it may have begun before the change. */
    reload: () => {
      again = loading !== null;
      loading ??= loadUntilFresh().finally(() => {
        loading = null;
      });
      return loading;
    },
    async read(inner) {
      const rows = await readCustomisations(inner);
      return { registry: build(rows), rows };
    },
  };
}
