// What the page of the machines reads and follows.
import { graphql, type ResultOf } from '../../graphql/graphql.ts';

/** The workers with what was measured on their machines in the last minutes. */
export const machinesQuery = graphql(`
  query Machines($minutes: Int!) {
    workers {
      id
      node
      labels
      version
      pid
      machine
      alive
      startedAt
      heartbeatAt
      hardware(minutes: $minutes, maxPoints: 300) {
        workerId
        node
        metric
        unit
        points {
          at
          value
        }
      }
    }
  }
`);

/** Every measurement as it is taken. */
export const hardwareSubscription = graphql(`
  subscription Hardware($workerId: ID) {
    hardware(workerId: $workerId) {
      workerId
      at
      cpu
      memoryUsedBytes
      memoryTotalBytes
      processRssBytes
      diskUsedBytes
      diskTotalBytes
      temperatureC
      cpuPowerWatts
      gpus {
        index
        name
        utilization
        memoryUsedBytes
        memoryTotalBytes
        powerWatts
        temperatureC
      }
    }
  }
`);

/** A worker and its machine. */
export type Machine = ResultOf<typeof machinesQuery>['workers'][number];

/** One measurement. */
export type HardwareSample = ResultOf<typeof hardwareSubscription>['hardware'];
