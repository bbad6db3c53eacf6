import { totalmem } from 'node:os';

const MB = 1024 * 1024;

/**
 * The server's settings beyond PostgreSQL's defaults, written before each start.
 * @param throwaway true for test data, which nobody misses after a power cut
 */
export function serverConfig(port: number, throwaway: boolean): string {
  const memory = totalmem() / MB;
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    // The indexes of a million customers take 2 GB: where they do not fit, every page an import pushes out waits for the log
    // (measured: 100,000 rows in 41 against 27 s).
    shared_buffers:
      memory < 2048 ? '64MB' : memory < 8192 ? '256MB' : `${Math.floor(Math.min(memory / 8, 8192))}MB`,
    effective_cache_size: `${Math.floor(memory / 2)}MB`,
    work_mem: '16MB',
    maintenance_work_mem: memory < 2048 ? '64MB' : '256MB',
    random_page_cost: 1.1,
    jit: 'off',
    // Two workers take 10 ms to start: not for a page of a list.
    parallel_setup_cost: 20000,
    // Compressing page images costs half the time of merging the search index (measured: 9.7 against 4.6 s for 20,000 rows)
    // and saves a third of the log.
    wal_compression: 'off',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    logging_collector: 'on',
    log_filename: 'postgresql-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_line_prefix: '%m [%p] %a ',
  };
  if (throwaway)
    Object.assign(settings, { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' });
  return Object.entries(settings)
    .map(([name, value]) => `${name} = '${value}'\n`)
    .join('');
}
