// What a query may cost: one for each field, times the longest that the lists around it can be.
import {
  type ExecutionArgs,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  getOperationAST,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

// Arguments that say how long a list is; `first` of a connection counts for all that is in it.
const sizeArguments = ['first', 'last', 'limit', 'maxPoints'];
// Lists that nobody bounds are short: the metrics of a run, the machines.
const unboundedLength = 5;

type Request = Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues'>;

/** 0 when the document holds no such operation. Introspection is free: its size is the schema's. */
export function queryCost(request: Request): number {
  const { schema, document, operationName } = request;
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return 0;
  return new CostCounter(request).selection(operation.selectionSet, root);
}

class CostCounter {
  readonly #request: Request;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #known = new Map<string, number>();

  constructor(request: Request) {
    this.#request = request;
    for (const definition of request.document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION)
        this.#fragments.set(definition.name.value, definition);
    }
  }

  selection({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): number {
    let sum = 0;
    for (const node of selections) {
      if (node.kind === Kind.FIELD) sum += this.#field(node, parent);
      else if (node.kind === Kind.FRAGMENT_SPREAD) sum += this.#fragment(node.name.value);
      else sum += this.selection(node.selectionSet, this.#type(node.typeCondition?.name.value) ?? parent);
    }
    return sum;
  }

  // A fragment costs the same wherever it is spread: counted once, so that spreads of spreads stay cheap to count.
  #fragment(name: string): number {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const fragment = this.#fragments.get(name);
    if (fragment === undefined) return 0;
    this.#known.set(name, 0);
    const cost = this.selection(fragment.selectionSet, this.#type(fragment.typeCondition.name.value));
    this.#known.set(name, cost);
    return cost;
  }

  #field(node: FieldNode, parent: GraphQLNamedType | undefined): number {
    const name = node.name.value;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (field === undefined) return 0;
    if (node.selectionSet === undefined) return 1;
    return (
      1 + this.#length(node, field, parent) * this.selection(node.selectionSet, getNamedType(field.type))
    );
  }

  #length(
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
    parent: GraphQLNamedType | undefined,
  ): number {
    for (const argument of field.args) {
      if (!sizeArguments.includes(argument.name)) continue;
      const given = node.arguments?.find(({ name }) => name.value === argument.name)?.value;
      const value = this.#number(given) ?? argument.defaultValue;
      if (typeof value === 'number') return Math.max(1, value);
    }
    // Nodes and edges were counted with their connection.
    if (parent?.name.endsWith('Connection')) return 1;
    const type = 'ofType' in field.type ? field.type.ofType : field.type;
    return isListType(field.type) || isListType(type) ? unboundedLength : 1;
  }

  #number(value: NonNullable<FieldNode['arguments']>[number]['value'] | undefined): number | undefined {
    if (value?.kind === Kind.INT) return Number(value.value);
    if (value?.kind !== Kind.VARIABLE) return undefined;
    const given = this.#request.variableValues?.[value.name.value];
    return typeof given === 'number' ? given : undefined;
  }

  #type(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.#request.schema.getType(name);
  }
}
