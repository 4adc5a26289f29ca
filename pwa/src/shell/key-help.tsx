// The keys that do something, as a list.
import { component$ } from '@builder.io/qwik';
import { Dialog } from '../component/dialog.tsx';
import { messages, useText } from '../i18n/text.ts';
import type { OverlayProps } from './overlay.ts';
import './overlay.css';

const texts = messages({
  en: {
    title: 'Keys',
    palette: 'Go anywhere',
    help: 'This list',
    search: 'Search',
    jump: 'Home, runs, new run, compare, suites, models, data sets',
    step: 'Next, previous: run of the list, sample',
    failing: 'Next failing sample',
    select: 'Select the run',
    compare: 'Compare the selected runs',
    escape: 'Close, or clear the selection',
    off: 'Single keys can be turned off in the settings.',
  },
  'pt-BR': {
    title: 'Teclas',
    palette: 'Ir a qualquer lugar',
    help: 'Esta lista',
    search: 'Buscar',
    jump: 'Início, execuções, nova execução, comparar, suítes, modelos, conjuntos de dados',
    step: 'Próxima, anterior: execução da lista, amostra',
    failing: 'Próxima amostra com falha',
    select: 'Selecionar a execução',
    compare: 'Comparar as execuções selecionadas',
    escape: 'Fechar, ou limpar a seleção',
    off: 'Teclas avulsas podem ser desligadas nas configurações.',
  },
});

const keys = [
  [['Ctrl K', '⌘ K'], 'palette'],
  [['?'], 'help'],
  [['/'], 'search'],
  [['g h', 'g r', 'g n', 'g c', 'g s', 'g m', 'g d'], 'jump'],
  [['j', 'k'], 'step'],
  [['f'], 'failing'],
  [['x'], 'select'],
  [['c'], 'compare'],
  [['Esc'], 'escape'],
] as const;

/** Opened by `?`. */
export const KeyHelp = component$<OverlayProps>((props) => {
  const text = useText(texts);
  return (
    <Dialog open={true} title={text('title')} onClose$={props.onClose$}>
      <dl class="key-help">
        {keys.map(([names, word]) => (
          <div key={word}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{text(word)}</dd>
          </div>
        ))}
      </dl>
      <p class="soft small">
        <a href="/settings">{text('off')}</a>
      </p>
    </Dialog>
  );
});
