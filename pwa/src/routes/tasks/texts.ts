// The words of the pages of tasks.
import { messages } from '../../i18n/text.ts';

/** In every language. */
export const taskTexts = messages({
  en: {
    search: 'Search tasks',
    none: 'No task is here yet.',
    noneFound: 'No task matches.',
    newTask: 'New task',
    bundled: 'Bundled',
    version: 'Version {version}',
    unknown: 'There is no such task.',
    all: 'All tasks',
    yaml: 'Task file',
    yamlHint:
      'YAML as lm-evaluation-harness reads it; its first row is tried while you type. Retrieval and ids stand under the key bancada.',
    fromColumns: 'Picking columns of a data set writes such a file, too:',
    datasets: 'Data sets',
    facts: 'As it is saved',
    outputType: 'Answers',
    dataset: 'Data set',
    metrics: 'Metrics',
    retrieves: 'Retrieval',
    yes: 'Yes',
    no: 'No',
    run: 'Run it',
    testHint:
      'Asks a model the first five rows as the text says, before it is saved, and scores the answers.',
    generate_until: 'Written by the model',
    chat: 'Written by the model, as a chat',
    multiple_choice: 'One of several choices',
    loglikelihood: 'Probability of the answer',
    loglikelihood_rolling: 'Probability of whole texts',
  },
  'pt-BR': {
    search: 'Buscar tarefas',
    none: 'Ainda não há tarefas.',
    noneFound: 'Nenhuma tarefa corresponde.',
    newTask: 'Nova tarefa',
    bundled: 'Incluída',
    version: 'Versão {version}',
    unknown: 'Não há essa tarefa.',
    all: 'Todas as tarefas',
    yaml: 'Arquivo da tarefa',
    yamlHint:
      'YAML como o lm-evaluation-harness lê; a primeira linha é testada enquanto você escreve. Recuperação e ids ficam na chave bancada.',
    fromColumns: 'Escolher colunas de um conjunto de dados também escreve um arquivo assim:',
    datasets: 'Conjuntos de dados',
    facts: 'Como está salva',
    outputType: 'Respostas',
    dataset: 'Conjunto de dados',
    metrics: 'Métricas',
    retrieves: 'Recuperação',
    yes: 'Sim',
    no: 'Não',
    run: 'Executar',
    testHint:
      'Pergunta a um modelo as cinco primeiras linhas como o texto diz, antes de salvar, e pontua as respostas.',
    generate_until: 'Escritas pelo modelo',
    chat: 'Escritas pelo modelo, em conversa',
    multiple_choice: 'Uma de várias opções',
    loglikelihood: 'Probabilidade da resposta',
    loglikelihood_rolling: 'Probabilidade de textos inteiros',
  },
});

const answers = [
  'generate_until',
  'chat',
  'multiple_choice',
  'loglikelihood',
  'loglikelihood_rolling',
] as const;

/** The key of the words for an output type; one that is not known is shown as it is. */
export function answerKey(outputType: string): (typeof answers)[number] | undefined {
  return answers.find((one) => one === outputType);
}
