// Offers once, after the first finished run, to keep the dashboard as an app; says why where it cannot be.
import { component$, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { Icon } from '../../component/icon.tsx';
import { messages, useText } from '../../i18n/text.ts';
import { install, installWay, watchInstallWay } from '../../offline/install.ts';

const texts = messages({
  en: {
    title: 'Keep it at hand',
    button: 'Install the dashboard as an app: one tap away, and the last runs readable offline.',
    share: 'On this device the dashboard becomes an app in two steps:',
    tapShare: 'Tap Share in the browser’s bar',
    addHome: 'Choose “Add to Home Screen”',
    insecure:
      'At this address it cannot be installed: browsers allow apps and notifications only over HTTPS or on localhost. The profile “https” of docker-compose.yml serves it so.',
    install: 'Install',
    later: 'Not now',
  },
  'pt-BR': {
    title: 'Deixe à mão',
    button: 'Instale o painel como aplicativo: a um toque, com as últimas execuções legíveis sem rede.',
    share: 'Neste aparelho o painel vira aplicativo em dois passos:',
    tapShare: 'Toque em Compartilhar na barra do navegador',
    addHome: 'Escolha “Adicionar à Tela de Início”',
    insecure:
      'Neste endereço não é possível instalar: navegadores só permitem aplicativos e notificações por HTTPS ou em localhost. O perfil “https” do docker-compose.yml serve assim.',
    install: 'Instalar',
    later: 'Agora não',
  },
});

const refusedKey = 'bancada.install-refused';

/** Shows itself where there is something to do or to know, until it is put away. */
export const InstallOffer = component$(() => {
  const text = useText(texts);
  const way = useSignal(installWay());
  const refused = useSignal(localStorage.getItem(refusedKey) !== null);
  useVisibleTask$(
    ({ cleanup }) => {
      cleanup(
        watchInstallWay(() => {
          way.value = installWay();
        }),
      );
    },
    { strategy: 'document-ready' },
  );
  if (refused.value || way.value === 'installed' || way.value === 'menu') return null;
  return (
    <Card title={text('title')} class="install-offer">
      <p>{text(way.value)}</p>
      {way.value === 'share' && (
        <ol class="install-steps">
          <li>
            <Icon name="share" size={28} />
            {text('tapShare')}
          </li>
          <li>
            <Icon name="add" size={28} />
            {text('addHome')}
          </li>
        </ol>
      )}
      <div class="row">
        {way.value === 'button' && (
          <Button kind="primary" icon="download" label={text('install')} onClick$={() => install()} />
        )}
        <Button
          label={text('later')}
          onClick$={() => {
            localStorage.setItem(refusedKey, new Date().toISOString());
            refused.value = true;
          }}
        />
      </div>
    </Card>
  );
});
