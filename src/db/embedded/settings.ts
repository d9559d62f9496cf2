import { statfs } from 'node:fs/promises';

/** Below this much of /dev/shm (Docker gives 64 MB) parallel queries fail for want of it. */
const ENOUGH_SHARED_MEMORY_BYTES = 256 * 1024 * 1024;

/** The server's settings, for bulk loads and short queries of one program. `durable: false` is for tests alone. */
export async function serverSettings(durable: boolean): Promise<Record<string, string>> {
  return {
    listen_addresses: '127.0.0.1',
    // Connections go over loopback: a socket's path may be too long, and Windows has none.
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '60',
    shared_buffers: '256MB',
    work_mem: '32MB',
    maintenance_work_mem: '128MB',
    dynamic_shared_memory_type: await sharedMemoryType(),
    // Nothing reads this server's log of changes, so a load into a new partition may skip it.
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    random_page_cost: '1.1',
    jit: 'off',
    autovacuum: 'on',
    // A new day's tables have thousands of rows within minutes: without figures of them plans are made for a handful.
    autovacuum_naptime: '5s',
    synchronous_commit: durable ? 'on' : 'off',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
}

async function sharedMemoryType(): Promise<string> {
  if (process.platform === 'win32') return 'windows';
  const space = await statfs('/dev/shm').catch(() => undefined);
  if (space === undefined) return process.platform === 'linux' ? 'mmap' : 'posix';
  return space.bsize * space.blocks < ENOUGH_SHARED_MEMORY_BYTES ? 'mmap' : 'posix';
}
