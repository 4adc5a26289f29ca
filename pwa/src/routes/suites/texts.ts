// The words of the pages of suites.
import { messages } from '../../i18n/text.ts';

/** In every language. */
export const suiteTexts = messages({
  en: {
    lastRun: 'Last run',
    search: 'Search suites',
    none: 'No suite is saved yet. A run can be put together without one.',
    noneFound: 'No suite matches.',
    newRun: 'New run',
    run: 'Run',
    bundled: 'Bundled',
    version: 'Version {version}',
    models: 'Models',
    tasks: 'Tasks',
    yaml: 'YAML',
    runs: 'Past runs',
    noRuns: 'This suite has not been run yet.',
    compareLast: 'Compare the last two',
    unknown: 'There is no such suite.',
    all: 'All suites',
    progress: '{done} of {total} samples',
  },
  'pt-BR': {
    lastRun: 'Última execução',
    search: 'Buscar suítes',
    none: 'Nenhuma suíte foi salva ainda. Uma execução pode ser montada sem ela.',
    noneFound: 'Nenhuma suíte corresponde.',
    newRun: 'Nova execução',
    run: 'Executar',
    bundled: 'Incluída',
    version: 'Versão {version}',
    models: 'Modelos',
    tasks: 'Tarefas',
    yaml: 'YAML',
    runs: 'Execuções anteriores',
    noRuns: 'Esta suíte ainda não foi executada.',
    compareLast: 'Comparar as duas últimas',
    unknown: 'Não há essa suíte.',
    all: 'Todas as suítes',
    progress: '{done} de {total} amostras',
  },
});
