// The words of the home page.
import { messages } from '../../i18n/text.ts';

/** Used by the page and its parts. */
export const homeTexts = messages({
  en: {
    title: 'Home',
    active: 'Active runs',
    idle: 'Nothing is running.',
    recent: 'Recent results',
    none: 'No finished run yet.',
    attention: 'Needs attention',
    calm: 'Nothing needs you.',
    create: 'New run',
    all: 'All runs',
    failedRun: 'The run failed',
    missedGates: '{n} {n|gate|gates} missed',
    failedSamples: '{n} {n|sample|samples} failed',
    noWorker: 'No worker is alive: queued runs wait until one starts.',
    workers: '{n} {n|worker|workers} alive',
    preliminary: 'preliminary',
    welcome: 'Measure a model on your own machine: choose a suite, start it, and watch it from any screen.',
  },
  'pt-BR': {
    title: 'Início',
    active: 'Execuções ativas',
    idle: 'Nada em execução.',
    recent: 'Resultados recentes',
    none: 'Ainda não há execução concluída.',
    attention: 'Pede atenção',
    calm: 'Nada pede sua atenção.',
    create: 'Nova execução',
    all: 'Todas as execuções',
    failedRun: 'A execução falhou',
    missedGates: '{n} {n|critério não atingido|critérios não atingidos}',
    failedSamples: '{n} {n|amostra falhou|amostras falharam}',
    noWorker: 'Nenhum worker ativo: execuções na fila esperam até um começar.',
    workers: '{n} {n|worker ativo|workers ativos}',
    preliminary: 'preliminar',
    welcome: 'Meça um modelo na sua máquina: escolha uma suíte, comece e acompanhe de qualquer tela.',
  },
});
