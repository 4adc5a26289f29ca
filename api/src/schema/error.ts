// Failures that a caller can expect: members of result unions.
import { type BancadaError, BancadaErrors } from '@bancada/core';
import { builder, opens } from '../builder.ts';
import { ForbiddenError } from './forbidden-error.ts';

export { ForbiddenError };

/** One wrong value: where, what was given, what is wrong with it. */
export interface ValidationIssue {
  readonly path: string;
  readonly message: string;
  readonly value: unknown;
  /** 1-based, of the text that was given. */
  readonly line?: number | undefined;
}

/** The input is not what is allowed. */
export class ValidationError extends Error {
  readonly issues: readonly ValidationIssue[];

  constructor(issues: readonly ValidationIssue[]) {
    super(issues.map(({ message }) => message).join('\n'));
    this.name = 'ValidationError';
    this.issues = issues;
  }

  /** What core found wrong, each fault with its key and value; `valueAt` looks a value up that core did not tell. */
  static of(error: BancadaError, valueAt: (key: string) => unknown = () => undefined): ValidationError {
    const faults = error instanceof BancadaErrors ? error.issues : [error];
    return new ValidationError(
      faults.map(({ message, detail }) => {
        const path = detail.key ?? '';
        return { path, message, value: detail.value ?? valueAt(path) ?? null, line: detail.line };
      }),
    );
  }
}

/** There is no such thing. */
export class NotFoundError extends Error {
  constructor(what: string, id: string) {
    super(`there is no ${what} ${id}`);
    this.name = 'NotFoundError';
  }
}

/** It cannot be done in the present state. */
export class ConflictError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConflictError';
  }
}

/** Too many wrong attempts. */
export class ThrottledError extends Error {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(`too many wrong attempts: try again in ${Math.ceil(retryAfterSeconds / 60)} minutes`);
    this.name = 'ThrottledError';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A model or endpoint lacks what the task needs. */
export class CapabilityError extends Error {
  readonly missing: readonly string[];
  readonly hint: string | undefined;

  constructor(message: string, missing: readonly string[], hint: string | undefined) {
    super(message);
    this.name = 'CapabilityError';
    this.missing = missing;
    this.hint = hint;
  }

  /** From core's CAPABILITY_MISSING. */
  static of({ message, detail }: BancadaError): CapabilityError {
    return new CapabilityError(message, detail.key === undefined ? [] : [detail.key], detail.hint);
  }
}

const ErrorInterface = builder.interfaceRef<Error>('Error').implement({
  description: 'Why something that can be expected to fail did.',
  authScopes: opens,
  fields: (t) => ({
    message: t.exposeString('message', {
      description: 'What is wrong and what would be right, for a person to read.',
    }),
  }),
});

/** GraphQL type `ValidationIssue`. */
export const ValidationIssueObject = builder.objectRef<ValidationIssue>('ValidationIssue').implement({
  description: 'One wrong value.',
  authScopes: opens,
  fields: (t) => ({
    path: t.exposeString('path', {
      description: 'Key in the suite, e.g. `tasks[1].num_fewshot`; empty when it is the whole.',
    }),
    message: t.exposeString('message', { description: 'What is wrong with it and what is allowed.' }),
    value: t.expose('value', {
      description: 'What was given; null when nothing was.',
      type: 'JSON',
      nullable: true,
    }),
    line: t.int({
      description: 'Line of the text that was given, from 1; null when there is none.',
      nullable: true,
      resolve: ({ line }) => line ?? null,
    }),
  }),
});

builder.objectType(ValidationError, {
  description: 'The input is not what is allowed.',
  name: 'ValidationError',
  interfaces: [ErrorInterface],
  authScopes: opens,
  fields: (t) => ({
    issues: t.field({
      description: 'Every wrong value, not only the first.',
      type: [ValidationIssueObject],
      resolve: ({ issues }) => [...issues],
    }),
  }),
});

builder.objectType(NotFoundError, {
  description: 'There is no such thing.',
  name: 'NotFoundError',
  interfaces: [ErrorInterface],
  authScopes: opens,
});
builder.objectType(ForbiddenError, {
  description: 'Whoever asks may not.',
  name: 'ForbiddenError',
  interfaces: [ErrorInterface],
  authScopes: opens,
});
builder.objectType(ConflictError, {
  description: 'It cannot be done in the present state.',
  name: 'ConflictError',
  interfaces: [ErrorInterface],
  authScopes: opens,
});

builder.objectType(ThrottledError, {
  name: 'ThrottledError',
  description: 'Too many wrong attempts by this account or from this address; over HTTP, a 429.',
  interfaces: [ErrorInterface],
  authScopes: opens,
  fields: (t) => ({
    retryAfterSeconds: t.exposeInt('retryAfterSeconds', { description: 'As the header Retry-After.' }),
  }),
});

builder.objectType(CapabilityError, {
  description: 'A model or endpoint lacks what the task needs.',
  name: 'CapabilityError',
  interfaces: [ErrorInterface],
  authScopes: opens,
  fields: (t) => ({
    missing: t.stringList({ description: 'What is lacking.', resolve: ({ missing }) => [...missing] }),
    hint: t.exposeString('hint', {
      description: 'What to do about it; null when nothing is known.',
      nullable: true,
    }),
  }),
});
