// Where the dashboard starts: renders the shell, routes clicks on links, registers the service worker.
import { render } from '@builder.io/qwik';
import '@builder.io/qwik/qwikloader.js';
import './theme/theme.css';
import './theme/element.css';
import { askToSignIn, loadAccess } from './access/access.ts';
import { signInWanted } from './graphql/client.ts';
import { keepInstallOffer } from './offline/install.ts';
import { registerServiceWorker } from './offline/registration.ts';
import { routeClicks } from './routing/navigate.ts';
import { App } from './shell/app.tsx';
import { applyTheme, savedTheme } from './theme/theme.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no element with the id "app".');
applyTheme(savedTheme());
routeClicks();
keepInstallOffer();
await render(root, <App />);
window.addEventListener(signInWanted, askToSignIn);
await Promise.all([loadAccess(), registerServiceWorker()]);
