// The words of the page of the machines.
import { messages, type Text } from '../../i18n/text.ts';

/** In every language. */
export const machineTexts = messages({
  en: {
    none: 'No worker has reported yet. `npm start` brings one, and its machine appears here.',
    queue: 'Queue',
    alive: 'Alive',
    gone: 'Gone',
    process: 'process {pid} · version {version}',
    started: 'started {time}',
    heartbeat: 'last heard {time}',
    waiting: 'Waiting for the first measurement…',
    silent: 'This worker does not report any more.',
    measured: 'Measured at {time}',
    machine: 'The machine',
    cpu: 'Processor',
    memory: 'Memory',
    worker: 'Worker',
    disk: 'Disk',
    gpu: 'GPU',
    gpuMemory: 'GPU memory',
    range: 'Time shown',
    minutes: 'Last {n} minutes',
    hours: 'Last {n} {n|hour|hours}',
    history: 'Over time',
    noHistory: 'Nothing was measured in this time.',
    gones: '{n} {n|worker does|workers do} not report any more',
  },
  'pt-BR': {
    none: 'Nenhum worker apareceu ainda. `npm start` inicia um, e a máquina dele aparece aqui.',
    queue: 'Fila',
    alive: 'Ativo',
    gone: 'Sumiu',
    process: 'processo {pid} · versão {version}',
    started: 'iniciado {time}',
    heartbeat: 'último sinal {time}',
    waiting: 'Esperando a primeira medição…',
    silent: 'Este worker não dá mais sinal.',
    measured: 'Medido às {time}',
    machine: 'A máquina',
    cpu: 'Processador',
    memory: 'Memória',
    worker: 'Worker',
    disk: 'Disco',
    gpu: 'GPU',
    gpuMemory: 'Memória da GPU',
    range: 'Tempo mostrado',
    minutes: 'Últimos {n} minutos',
    hours: '{n|Última|Últimas} {n} {n|hora|horas}',
    history: 'Ao longo do tempo',
    noHistory: 'Nada foi medido neste tempo.',
    gones: '{n} {n|worker não dá|workers não dão} mais sinal',
  },
});

/** Gives a text of this page. */
export type HardwareText = Text<keyof (typeof machineTexts)['en']>;
