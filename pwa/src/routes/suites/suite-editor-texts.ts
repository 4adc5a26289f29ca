// The words of the editor of a suite.
import { messages } from '../../i18n/text.ts';

/** In every language. */
export const suiteEditorTexts = messages({
  en: {
    newSuite: 'New suite',
    edit: 'Edit {name}',
    form: 'Form',
    yaml: 'YAML',
    view: 'Edit as',
    name: 'Name',
    description: 'What it is for',
    models: 'Models',
    tasks: 'Tasks',
    others: 'With options of their own, edited as YAML: {names}',
    limit: 'Items of each task, at most',
    repeat: 'Repeats',
    seed: 'Seed',
    temperature: 'Temperature',
    maxTokens: 'Longest answer, tokens',
    broken: 'The YAML has a fault: mend it as YAML first.',
    unknown: 'There is no such suite.',
  },
  'pt-BR': {
    newSuite: 'Nova suíte',
    edit: 'Editar {name}',
    form: 'Formulário',
    yaml: 'YAML',
    view: 'Editar como',
    name: 'Nome',
    description: 'Para que serve',
    models: 'Modelos',
    tasks: 'Tarefas',
    others: 'Com opções próprias, editados como YAML: {names}',
    limit: 'Itens por tarefa, no máximo',
    repeat: 'Repetições',
    seed: 'Semente',
    temperature: 'Temperatura',
    maxTokens: 'Resposta mais longa, tokens',
    broken: 'O YAML tem um erro: corrija-o como YAML primeiro.',
    unknown: 'Não há essa suíte.',
  },
});
