// The words of the inbox.
import { messages } from '../../i18n/text.ts';

/** In every language. */
export const inboxTexts = messages({
  en: {
    filters: 'Which notifications',
    all: 'All',
    unread: 'Unread · {n}',
    none: 'Nothing has happened yet. Ended runs, missed gates and the like are told here.',
    noneUnread: 'Everything is read.',
    runs: 'To the runs',
    markRead: 'Mark as read',
    markAll: 'Mark all as read',
    new: 'New',
    preferences: 'What is told',
    kind: 'Of',
    inApp: 'Inbox',
    push: 'Push',
    inAppOf: '{kind}: show it in the inbox',
    pushOf: '{kind}: push it to my devices',
    device: 'Push to this device',
    insecure:
      'Push needs HTTPS or localhost; this address is plain HTTP. The inbox and webhooks work all the same.',
    install:
      'On an iPhone or iPad push works once the dashboard is on the home screen: tap Share, then “Add to Home Screen”.',
    unsupported: 'This browser takes no push messages. The inbox and webhooks work all the same.',
    blocked: 'Notifications of this site are blocked in the browser’s settings.',
    off: 'Ended runs and missed gates can be shown on this device, also while the dashboard is closed.',
    on: 'This device is told.',
    switchOn: 'Turn push on',
    switchOff: 'Turn push off',
    refused: 'Push could not be turned on: {why}',
    webhooks: 'Webhooks are in the settings.',
  },
  'pt-BR': {
    filters: 'Quais notificações',
    all: 'Todas',
    unread: 'Não lidas · {n}',
    none: 'Nada aconteceu ainda. Execuções terminadas, critérios não atingidos e afins aparecem aqui.',
    noneUnread: 'Tudo foi lido.',
    runs: 'Ver as execuções',
    markRead: 'Marcar como lida',
    markAll: 'Marcar todas como lidas',
    new: 'Nova',
    preferences: 'O que avisar',
    kind: 'De',
    inApp: 'Caixa de entrada',
    push: 'Push',
    inAppOf: '{kind}: mostrar na caixa de entrada',
    pushOf: '{kind}: enviar aos meus aparelhos',
    device: 'Push neste aparelho',
    insecure:
      'Push exige HTTPS ou localhost; este endereço é HTTP puro. A caixa de entrada e os webhooks funcionam do mesmo jeito.',
    install:
      'No iPhone ou iPad o push funciona depois de pôr o painel na tela de início: toque em Compartilhar e em “Adicionar à Tela de Início”.',
    unsupported:
      'Este navegador não recebe mensagens push. A caixa de entrada e os webhooks funcionam do mesmo jeito.',
    blocked: 'As notificações deste site estão bloqueadas nas configurações do navegador.',
    off: 'Execuções terminadas e critérios não atingidos podem aparecer neste aparelho, mesmo com o painel fechado.',
    on: 'Este aparelho é avisado.',
    switchOn: 'Ligar push',
    switchOff: 'Desligar push',
    refused: 'Não foi possível ligar o push: {why}',
    webhooks: 'Os webhooks ficam nas configurações.',
  },
});
