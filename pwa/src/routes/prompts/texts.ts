// The words of the pages of prompts.
import { messages } from '../../i18n/text.ts';

/** In every language. */
export const promptTexts = messages({
  en: {
    search: 'Search prompts',
    none: 'No prompt is saved yet.',
    noneFound: 'No prompt matches.',
    newPrompt: 'New prompt',
    bundled: 'Bundled',
    version: 'Version {version}',
    variables: 'Variables',
    noVariables: 'The template reads no variables.',
    unknown: 'There is no such prompt.',
    all: 'All prompts',
    name: 'Name',
    nameHint: 'Suites and tasks name the prompt by it.',
    description: 'What it is for',
    template: 'Template',
    templateHint: 'Jinja: {{ name }} puts a variable in, {% for … %} repeats.',
    valueHint: 'Text, or JSON such as [{"text": "…"}]',
    preview: 'Preview',
    previewFailed: 'Cannot be filled in yet:',
    mend: 'The template has a fault',
    testHint:
      'Streams what a model writes. On a task, the template reads the row’s columns, the task’s question as prompt, and target.',
  },
  'pt-BR': {
    search: 'Buscar prompts',
    none: 'Nenhum prompt foi salvo ainda.',
    noneFound: 'Nenhum prompt corresponde.',
    newPrompt: 'Novo prompt',
    bundled: 'Incluído',
    version: 'Versão {version}',
    variables: 'Variáveis',
    noVariables: 'O modelo de texto não lê variáveis.',
    unknown: 'Não há esse prompt.',
    all: 'Todos os prompts',
    name: 'Nome',
    nameHint: 'É por ele que suítes e tarefas citam o prompt.',
    description: 'Para que serve',
    template: 'Modelo de texto',
    templateHint: 'Jinja: {{ nome }} insere uma variável, {% for … %} repete.',
    valueHint: 'Texto, ou JSON como [{"text": "…"}]',
    preview: 'Prévia',
    previewFailed: 'Ainda não pode ser preenchido:',
    mend: 'O modelo de texto tem um erro',
    testHint:
      'Mostra o que um modelo escreve. Com uma tarefa, o texto lê as colunas da linha, a pergunta da tarefa como prompt, e target.',
  },
});
