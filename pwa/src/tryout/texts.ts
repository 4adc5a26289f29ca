// The words of a try with a model.
import { messages } from '../i18n/text.ts';

/** In every language. */
export const tryoutTexts = messages({
  en: {
    test: 'Try it',
    model: 'Model',
    task: 'Task',
    noTask: 'None: the variables above',
    testRows: 'Test on 5 samples',
    testOne: 'Test',
    stop: 'Stop',
    noModel: 'No model is registered',
    sample: 'Sample {n}',
    sent: 'Prompt',
    answer: 'Answer',
    chosen: 'Chosen',
    target: 'Target',
    waiting: 'Waiting for the model…',
    writing: 'Writing…',
    stopped: 'Stopped.',
    tokens: '{n} {n|token|tokens}, {seconds} s',
  },
  'pt-BR': {
    test: 'Experimentar',
    model: 'Modelo',
    task: 'Tarefa',
    noTask: 'Nenhuma: as variáveis acima',
    testRows: 'Testar em 5 amostras',
    testOne: 'Testar',
    stop: 'Parar',
    noModel: 'Nenhum modelo registrado',
    sample: 'Amostra {n}',
    sent: 'Prompt',
    answer: 'Resposta',
    chosen: 'Escolhida',
    target: 'Esperado',
    waiting: 'Esperando o modelo…',
    writing: 'Escrevendo…',
    stopped: 'Parado.',
    tokens: '{n} {n|token|tokens}, {seconds} s',
  },
});
