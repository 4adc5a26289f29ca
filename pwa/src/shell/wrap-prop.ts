// Tells Qwik which parts of a component's props can change. The build puts it in the place of Qwik's own.
import { _IMMUTABLE, _wrapProp } from '@builder.io/qwik';

/**
 * Qwik takes `<Child value={row.value} />` for constant when `row` is a plain object, and would never tell the child of
 * another row; undefined makes it look again whenever the parent is rendered.
 */
export function wrapProp<Given extends Record<PropertyKey, unknown>>(
  given: Given,
  name: keyof Given,
): unknown {
  const wrapped: unknown = _wrapProp(given, name as never);
  return wrapped === _IMMUTABLE ? undefined : wrapped;
}
