// Names and passwords as people give them.
import { ValidationError } from '../schema/error.ts';
import { passwordFault } from './password.ts';

const nameForm = /^[a-z0-9][a-z0-9._@+-]{1,63}$/;

/** A name as it is stored and looked up. */
export function plainName(given: string): string {
  return given.trim().normalize('NFKC').toLowerCase();
}

/** @throws ValidationError when it is no name. */
export function checkName(given: string): string {
  const name = plainName(given);
  if (nameForm.test(name)) return name;
  throw new ValidationError([
    {
      path: 'name',
      message: 'a name has 2 to 64 of a–z, 0–9 and . _ @ + -, and begins with a letter or a digit',
      value: given.slice(0, 100),
    },
  ]);
}

/** The value is never told back. @throws ValidationError when it is too weak. */
export function checkPassword(password: string, userName: string, path = 'password'): void {
  const message = passwordFault(password, userName);
  if (message !== undefined) throw new ValidationError([{ path, message, value: null }]);
}
