// Why a text could be saved, but not be run yet.
import { component$ } from '@builder.io/qwik';
import { Icon } from '../component/icon.tsx';
import { useText } from '../i18n/text.ts';
import type { TextFault } from './code-editor.tsx';
import { editorTexts } from './texts.ts';

/** Nothing while there is nothing to warn of. */
export const WarningList = component$<{ warnings: readonly TextFault[] }>((props) => {
  const text = useText(editorTexts);
  if (props.warnings.length === 0) return null;
  return (
    <div class="stack tight" role="status">
      <p class="soft">{text('cannotRun')}</p>
      {props.warnings.map(({ line, message }) => (
        <p key={`${line} ${message}`} class="notice warn">
          <Icon name="info" />
          <span>
            {typeof line === 'number' && (
              <strong>
                {text('line')} {line}:{' '}
              </strong>
            )}
            {message}
          </span>
        </p>
      ))}
    </div>
  );
});
