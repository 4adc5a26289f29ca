// The words of signing in and of the first administrator.
import { messages } from '../../i18n/text.ts';

/** In every language. */
export const signInTexts = messages({
  en: {
    signIn: 'Sign in',
    name: 'User name',
    password: 'Password',
    forgotten: 'Forgotten? An administrator can set a new password under Settings, Users.',
    setUp: 'First administrator',
    why: 'This bench has no user yet. The setup code is in the terminal where Bancada was started, or in the log of the API.',
    code: 'Setup code',
    codeHint: 'Three groups of four, e.g. ABCD-EFGH-JKLM',
    passwordHint: 'At least 10 characters; three or four random words are good.',
    create: 'Create and sign in',
  },
  'pt-BR': {
    signIn: 'Entrar',
    name: 'Nome de usuário',
    password: 'Senha',
    forgotten: 'Esqueceu? Um administrador pode definir outra senha em Configurações, Usuários.',
    setUp: 'Primeiro administrador',
    why: 'Esta bancada ainda não tem usuários. O código de configuração está no terminal em que o Bancada foi iniciado, ou no log da API.',
    code: 'Código de configuração',
    codeHint: 'Três grupos de quatro, p. ex. ABCD-EFGH-JKLM',
    passwordHint: 'Pelo menos 10 caracteres; três ou quatro palavras ao acaso são boas.',
    create: 'Criar e entrar',
  },
});
