// Reads what the laws ask of one TypeScript file from its syntax tree: imports, exports, `any`, environment reads.
import ts from 'typescript-api';

/** One import or re-export of another module; type-only ones are listed too. */
export type ModuleReference = { readonly specifier: string; readonly line: number };

/** The facts of a file that the laws judge; lines count from 1. */
export type SourceFacts = {
  readonly references: readonly ModuleReference[];
  readonly exportAllLines: readonly number[];
  readonly defaultExportLines: readonly number[];
  readonly anyLines: readonly number[];
  readonly environmentLines: readonly number[];
  readonly lineCount: number;
  readonly firstLine: string;
};

/** Reads the facts of a file from its text. Nothing is resolved, so a wrong sample can be judged without a disk. */
export function readFacts(path: string, text: string): SourceFacts {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const references: ModuleReference[] = [];
  const exportAllLines: number[] = [];
  const defaultExportLines: number[] = [];
  const anyLines: number[] = [];
  const environmentLines: number[] = [];
  const lineOf = (node: ts.Node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;

  const visit = (node: ts.Node): void => {
    const specifier = referenced(node);
    if (specifier !== undefined) references.push({ specifier, line: lineOf(node) });
    if (isExportAll(node)) exportAllLines.push(lineOf(node));
    if (isDefaultExport(node)) defaultExportLines.push(lineOf(node));
    if (node.kind === ts.SyntaxKind.AnyKeyword) anyLines.push(lineOf(node));
    if (readsEnvironment(node)) environmentLines.push(lineOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);

  const lines = text.split('\n');
  return {
    references,
    exportAllLines,
    defaultExportLines,
    anyLines,
    environmentLines,
    lineCount: text.endsWith('\n') ? lines.length - 1 : lines.length,
    firstLine: (lines[0]?.startsWith('#!') ? lines[1] : lines[0]) ?? '',
  };
}

/** The module that a node names: `import`, `export … from`, `import()` and the type `import('…')`. */
function referenced(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return literal(node.arguments[0]);
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal);
  return undefined;
}

function literal(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function isExportAll(node: ts.Node): boolean {
  if (!ts.isExportDeclaration(node)) return false;
  return node.exportClause === undefined || ts.isNamespaceExport(node.exportClause);
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportSpecifier(node)) return node.name.text === 'default';
  return node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent);
}

/** `process.env`, `process['env']`, `{ env } = process`, and `env` taken from node:process. */
function readsEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'env' && isProcess(node.expression);
  if (ts.isElementAccessExpression(node)) {
    return literal(node.argumentExpression) === 'env' && isProcess(node.expression);
  }
  if (ts.isVariableDeclaration(node) && node.initializer !== undefined && isProcess(node.initializer)) {
    return ts.isObjectBindingPattern(node.name) && node.name.elements.some((part) => nameOf(part) === 'env');
  }
  if (ts.isImportSpecifier(node)) {
    const from = literal(node.parent.parent.parent.moduleSpecifier);
    return (from === 'node:process' || from === 'process') && (node.propertyName ?? node.name).text === 'env';
  }
  return false;
}

function isProcess(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === 'process';
}

function nameOf(part: ts.BindingElement): string {
  return (part.propertyName ?? part.name).getText();
}
