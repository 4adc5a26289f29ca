// The readings of machines without /proc, by the systeminformation library.
import systeminformation from 'systeminformation';
import { readDisk } from './disk.ts';
import type { HardwareSource } from './reading.ts';

/** @param folder whose disk is told of. */
export function portableSource(folder: string): HardwareSource {
  return {
    async read() {
      const [load, memory, temperature, disk] = await Promise.all([
        systeminformation.currentLoad(),
        systeminformation.mem(),
        systeminformation.cpuTemperature(),
        readDisk(folder),
      ]);
      return {
        cpu: load.currentLoad / 100,
        memoryUsedBytes: memory.total - memory.available,
        memoryTotalBytes: memory.total,
        processRssBytes: process.memoryUsage.rss(),
        diskUsedBytes: disk?.used,
        diskTotalBytes: disk?.total,
        temperatureC: temperature.main ?? undefined,
        cpuPowerWatts: undefined,
      };
    },
  };
}
